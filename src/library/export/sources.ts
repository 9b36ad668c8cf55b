import { setImmediate as nextTurn } from 'node:timers/promises';
import { toSeconds } from '#shared/domain/time.ts';
import type { Tier } from '#shared/domain/tier.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { ExportedRecording } from '#formats/emotion-csv-sidecar.ts';
import type { StoredAnalysis } from '../database/analyses.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { Project } from '../project.ts';
import { distinctNames } from './distinct-names.ts';

/** A recording that has been read, so that its samples can be told in seconds. */
export interface Source {
  readonly id: number;
  /** As in what is written: with folders where names alone would not tell. */
  readonly name: string;
  readonly sha256: string;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly uncertainStartSeconds: number | null;
  readonly analysis: StoredAnalysis | null;
}

/** Those of the recordings that have been read, in their order. */
export function findSources(recordings: readonly StoredRecording[]): readonly Source[] {
  const names = distinctNames(recordings.map(({ path }) => path));
  return recordings.flatMap(({ id, path, name, sound: stored, analysis }) => {
    if (!stored) return [];
    const { sha256, sound } = stored;
    const { samples, sampleRate, uncertainStartSeconds } = sound;
    const about = { sampleRate, seconds: toSeconds(samples, sampleRate), uncertainStartSeconds };
    return [{ id, name: names.get(path) ?? name, sha256, ...about, analysis }];
  });
}

/** What a sidecar says of a recording. */
export function describeSource(
  { name, sha256, seconds, uncertainStartSeconds, analysis }: Source,
  rows: number,
): ExportedRecording {
  const bySpeaker = analysis !== null && analysis.profileId !== '';
  return {
    ...{ name, sha256, seconds, uncertainStartSeconds, rows },
    ...(bySpeaker ? { normalised: 'by speaker' } : {}),
  };
}

/** The segments of one tier in one recording. */
export interface TierSegments {
  readonly tier: Tier;
  /** In the order of time; there is at least one. */
  readonly segments: readonly LabelledSegment[];
}

/** What there is on some tiers of a recording, in the order of the tiers. */
export function segmentsByTier(
  project: Pick<Project, 'segments'>,
  recordingId: number,
  tiers: readonly Tier[],
): readonly TierSegments[] {
  const all = project.segments.list(recordingId);
  return tiers
    .map((tier) => ({ tier, segments: all.filter((segment) => segment.tier === tier.id) }))
    .filter(({ segments }) => segments.length > 0);
}

/** One recording after the other, so that calls are answered meanwhile, and a cancel takes effect at once. */
export async function* inTurn<T>(
  items: readonly T[],
  { signal, report }: CallContext,
): AsyncGenerator<T, void, undefined> {
  for (const [index, item] of items.entries()) {
    await nextTurn();
    signal.throwIfAborted();
    report({ stage: 'writing', fraction: index / items.length });
    yield item;
  }
}
