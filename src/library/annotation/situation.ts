import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { Span } from '#shared/domain/time.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { LabelledSegment, Segments } from '../database/segments.ts';
import type { Project } from '../project.ts';
import type { Situation } from './draft.ts';
import { refusal } from './refusal.ts';

/**
 * Reads what an act can have to do with: the segments that it names, and on each tier that it may change
 * those from the first to the last of them, with the next one on either side. A recording of hours is
 * changed as fast as a short one.
 *
 * @throws UndertoneError `edit-refused` where the recording has not been read yet
 */
export function readSituation(
  { segments, tiers }: Pick<Project, 'segments' | 'tiers'>,
  { id, sound }: Pick<StoredRecording, 'id' | 'sound'>,
  act: AnnotationAct,
): Situation {
  if (!sound) throw refusal('not-read');
  return {
    recordingId: id,
    samples: sound.sound.samples,
    sampleRate: sound.sound.sampleRate,
    tiers: tiers.list(),
    segments: concerned(segments, id, act),
  };
}

function concerned(
  segments: Segments,
  recordingId: number,
  act: AnnotationAct,
): readonly LabelledSegment[] {
  const ids = idsOf(act);
  if (ids === null) return segments.list(recordingId);
  const named = segments.findAll(ids).filter((segment) => segment.recordingId === recordingId);
  const spans: readonly Span[] = act.kind === 'create' ? [...named, act] : named;
  if (spans.length === 0) return [];
  const span: Span = {
    start: spans.reduce((least, { start }) => Math.min(least, start), Infinity),
    end: spans.reduce((most, { end }) => Math.max(most, end), 0),
  };
  const changing = new Set([...named.map(({ tier }) => tier), ...tiersOf(act)]);
  changing.delete(modelTier);
  const near = [...changing].flatMap((tier) => segments.around(recordingId, tier, span));
  return [...new Map([...named, ...near].map((segment) => [segment.id, segment])).values()];
}

/** Null where it is about all of them. */
function idsOf(act: AnnotationAct): readonly number[] | null {
  if ('ids' in act) return act.ids;
  return 'id' in act ? [act.id] : [];
}

function tiersOf(act: AnnotationAct): readonly string[] {
  if ('to' in act) return [act.to];
  return act.kind === 'create' ? [act.tier] : [];
}
