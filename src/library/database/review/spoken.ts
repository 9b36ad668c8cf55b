import { noSpeech } from '#shared/domain/label.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { Span } from '#shared/domain/time.ts';
import type { Database, Row } from '../connection.ts';
import { number, text } from '../row.ts';

/** A segment of the model's in which somebody speaks, as much of it as looking through all of them takes. */
export type SpokenSegment = Pick<
  Segment,
  'id' | 'recordingId' | 'start' | 'end' | 'label' | 'confidence' | 'model'
>;

/** Reads segments by the hundred thousand. */
export interface Spoken {
  /** Those of a recording that begin after a sample, the first ones in the order of start. */
  readonly after: (recordingId: number, sample: number) => readonly SpokenSegment[];
  /** What a person has labelled in a recording. */
  readonly labelled: (recordingId: number, tier: string) => readonly Span[];
}

/** Few enough that reading them takes no longer than a frame of the screen. */
export const spokenAtOnce = 500;

export function createSpoken(database: Database): Spoken {
  const after = database.prepare(
    `SELECT id, recording_id, "start", "end", label, confidence, model FROM segment
     WHERE recording_id = ? AND tier = '${modelTier}' AND "start" > ? AND label <> '${noSpeech}'
     ORDER BY "start" LIMIT ${spokenAtOnce}`,
  );
  const labelled = database.prepare(
    'SELECT "start", "end" FROM segment WHERE recording_id = ? AND tier = ? ORDER BY "start"',
  );
  return {
    after: (recordingId, sample) => after.all(recordingId, sample).map(toSpoken),
    labelled: (recordingId, tier) => labelled.all(recordingId, tier).map(toSpan),
  };
}

function toSpoken(row: Row): SpokenSegment {
  return {
    ...toSpan(row),
    id: number(row, 'id'),
    recordingId: number(row, 'recording_id'),
    label: text(row, 'label'),
    confidence: number(row, 'confidence'),
    model: text(row, 'model'),
  };
}

function toSpan(row: Row): Span {
  return { start: number(row, 'start'), end: number(row, 'end') };
}
