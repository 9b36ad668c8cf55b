import { noSpeech, unsure } from '#shared/domain/label.ts';
import { recordingTerms, type RecordingTerms } from '#shared/domain/terms.ts';
import type { Database } from './connection.ts';
import { isNull, number, text } from './row.ts';

/** What a person says of a stretch of a recording: something to learn from. */
export interface StoredCorrection extends Pick<RecordingTerms, 'consent' | 'keepUntil'> {
  readonly recordingId: number;
  /** Samples of the canonical sound. */
  readonly start: number;
  readonly end: number;
  readonly sampleRate: number;
  readonly label: string;
  /** Who speaks there: by a tier of speakers, else whoever speaks in the recording; empty where nobody said. */
  readonly speaker: string;
}

/**
 * Emotions that people named on tiers of their own, in recordings on the list; the same said by two people
 * counts once. By recording, in the order of time.
 */
export type ListCorrections = () => readonly StoredCorrection[];

/** Of the turns on tiers of speakers, the one that shares most of the segment. */
const whoseTurn = `(
  SELECT turn.label FROM segment turn JOIN tier ON tier.id = turn.tier AND tier.kind = 'speakers'
  WHERE turn.recording_id = segment.recording_id
    AND turn."start" < segment."end" AND turn."end" > segment."start"
  ORDER BY min(turn."end", segment."end") - max(turn."start", segment."start") DESC, turn."start"
  LIMIT 1)`;

export function createCorrections(database: Database): ListCorrections {
  const list = database.prepare(
    `SELECT DISTINCT segment.recording_id, "start", "end", label,
       coalesce(${whoseTurn}, speaker) AS speaker, sample_rate, consent, keep_until
     FROM segment
     JOIN tier ON tier.id = segment.tier AND tier.kind = 'annotator'
     JOIN recording ON recording.id = segment.recording_id AND removed_at IS NULL
     JOIN sound ON sound.recording_id = recording.id
     WHERE label NOT IN ('${unsure}', '${noSpeech}')
     ORDER BY segment.recording_id, "start", "end", label`,
  );
  return () =>
    list.all().map((row) => ({
      recordingId: number(row, 'recording_id'),
      start: number(row, 'start'),
      end: number(row, 'end'),
      sampleRate: number(row, 'sample_rate'),
      label: text(row, 'label'),
      speaker: text(row, 'speaker'),
      consent: recordingTerms.shape.consent.parse(text(row, 'consent')),
      keepUntil: isNull(row, 'keep_until') ? null : text(row, 'keep_until'),
    }));
}
