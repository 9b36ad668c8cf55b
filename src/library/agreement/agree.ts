import { setImmediate } from 'node:timers/promises';
import type { AgreementResult } from '#shared/contract/agreement.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { LabelledSpan, RatedRecording } from '#shared/domain/agreement/timeline.ts';
import { toSamples, toSeconds } from '#shared/domain/time.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { Project } from '../project.ts';
import type { InThread } from '../thread/in-thread.ts';
import { usualSettings } from './compare.ts';

export interface AgreeOptions {
  /** Ids of the tiers to compare, two or more. */
  readonly tiers: readonly string[];
  /** Labels that count as nothing said. */
  readonly ignored: readonly string[];
}

/** More places than anybody goes through one by one. */
const mostDifferences = 2000;

/**
 * How far the tiers of recordings agree. Reading them lets others in between; the numbers come of a thread.
 *
 * @throws UndertoneError `annotations-not-comparable`, `cancelled`
 */
export async function agree(
  project: Project,
  recordings: readonly StoredRecording[],
  { tiers, ignored }: AgreeOptions,
  inThread: InThread,
  { signal, report }: CallContext,
): Promise<AgreementResult> {
  const rated: RatedRecording[] = [];
  const leftOut: number[] = [];
  for (const [index, recording] of recordings.entries()) {
    await setImmediate();
    if (signal.aborted) throw new UndertoneError('cancelled');
    report({ stage: recording.name, fraction: index / recordings.length / 2 });
    const annotators = readAnnotators(project, recording, tiers, new Set(ignored));
    if (annotators.filter((spans) => spans.length > 0).length < 2) leftOut.push(recording.id);
    else rated.push({ name: String(recording.id), annotators });
  }
  const subject = recordings.length === 1 ? (recordings[0]?.name ?? '') : 'these recordings';
  if (rated.length === 0) {
    const detail = 'no recording was labelled on two of the tiers';
    throw new UndertoneError('annotations-not-comparable', { subject, detail });
  }
  // Who labelled nothing of it has no opinion to compare.
  const heard = tiers.map((_, at) => rated.some(({ annotators }) => annotators[at]?.length));
  const onlyHeard = <T>(all: readonly T[]): readonly T[] => all.filter((_, at) => heard[at]);
  const compared = rated.map(({ name, annotators }) => ({
    name,
    annotators: onlyHeard(annotators),
  }));
  const nameOf = new Map(project.tiers.list().map(({ id, name }) => [id, name]));
  report({ stage: 'comparing', fraction: 0.5 });
  const { differences, ...agreement } = await inThread((ask) =>
    ask(
      'agreement.compare',
      { recordings: compared, settings: usualSettings, subject },
      { signal },
    ),
  );
  const rates = new Map(recordings.map(({ id, sound }) => [id, sound?.sound.sampleRate ?? 1]));
  return {
    ...agreement,
    names: onlyHeard(tiers).map((id) => nameOf.get(id) ?? id),
    compared: rated.length,
    leftOut,
    differing: differences.length,
    differences: differences.slice(0, mostDifferences).map(({ recording, start, end, labels }) => {
      const recordingId = Number(recording);
      const rate = rates.get(recordingId) ?? 1;
      return { recordingId, start: toSamples(start, rate), end: toSamples(end, rate), labels };
    }),
  };
}

function readAnnotators(
  { segments }: Project,
  { id, sound }: StoredRecording,
  tiers: readonly string[],
  ignored: ReadonlySet<string>,
): readonly (readonly LabelledSpan[])[] {
  if (!sound) return tiers.map(() => []);
  const { sampleRate } = sound.sound;
  const said = segments.list(id).filter(({ label }) => !ignored.has(label));
  return tiers.map((tier) =>
    said
      .filter((segment) => segment.tier === tier)
      .map(({ start, end, label }) => ({
        start: toSeconds(start, sampleRate),
        end: toSeconds(end, sampleRate),
        label,
      })),
  );
}
