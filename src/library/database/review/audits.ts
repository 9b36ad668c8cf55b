import type { Segment } from '#shared/domain/segment.ts';
import type { Database } from '../connection.ts';
import { number, text } from '../row.ts';

/** What makes a segment of a model the same one after another analysis. */
export type Stretch = Pick<Segment, 'recordingId' | 'model' | 'start' | 'end'>;

/** What a person heard who did not see what the model says. */
interface Audit extends Stretch {
  /** Of the annotator. */
  readonly tier: string;
  readonly modelLabel: string;
  readonly answer: string;
  /** The random number by which it was drawn. */
  readonly draw: number;
  /** Whether it was drawn from all recordings, not from its own alone. */
  readonly ofAll: boolean;
}

/** Audits that stand for all segments of what was asked for. */
interface AuditCount {
  readonly heard: number;
  readonly same: number;
  /** Everything drawn by a number up to it belongs to the sample. */
  readonly frontier: number;
}

export interface Audits {
  /** Random characters of the project's own, made when they are first asked for. */
  readonly seed: () => string;
  readonly put: (audit: Audit) => void;
  /** The stretches of a recording that an annotator has been asked about, and what the model said of them then. */
  readonly list: (
    recordingId: number,
    tier: string,
  ) => readonly (Stretch & Pick<Audit, 'modelLabel'>)[];
  /** Counts those of a recording, or with null of all, that are about what the model says now. */
  readonly count: (recordingId: number | null, tier: string) => AuditCount;
}

/**
 * The sample of all recordings is what has the smallest numbers: everything up to the largest one that was
 * asked for it. What was asked beyond that, about one recording alone, would make that one count for more.
 */
const count = `
  WITH present AS (
    SELECT audit.recording_id, draw, of_all, answer = model_label AS same
    FROM audit
    -- CROSS, for the order: few audits, and never through all segments.
    CROSS JOIN recording ON recording.id = audit.recording_id AND removed_at IS NULL
    CROSS JOIN segment ON segment.recording_id = audit.recording_id AND segment.tier = 'model'
      AND segment."start" = audit."start" AND segment."end" = audit."end"
      AND segment.model = audit.model AND segment.label = audit.model_label
    WHERE audit.tier = ?2 AND (?1 IS NULL OR audit.recording_id = ?1)
  ),
  frontier AS (
    SELECT coalesce(max(draw), 0) AS draw FROM present WHERE of_all = 1 OR ?1 IS NOT NULL
  )
  SELECT count(*) AS heard, coalesce(sum(same), 0) AS same, (SELECT draw FROM frontier) AS frontier
  FROM present WHERE draw <= (SELECT draw FROM frontier)`;

export function createAudits(database: Database): Audits {
  const makeSeed = database.prepare(
    `INSERT INTO setting VALUES ('audit-seed', lower(hex(randomblob(16)))) ON CONFLICT DO NOTHING`,
  );
  const seed = database.prepare(`SELECT value FROM setting WHERE key = 'audit-seed'`);
  const put = database.prepare(
    `INSERT INTO audit (recording_id, tier, model, "start", "end", model_label, answer, draw, of_all)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET model_label = excluded.model_label, answer = excluded.answer,
       of_all = max(of_all, excluded.of_all)`,
  );
  const list = database.prepare(
    'SELECT model, "start", "end", model_label FROM audit WHERE recording_id = ? AND tier = ?',
  );
  const counted = database.prepare(count);
  return {
    seed: () => {
      makeSeed.run();
      return text(seed.get() ?? {}, 'value');
    },
    put: (audit) => {
      const { recordingId, tier, model, start, end, modelLabel, answer, draw, ofAll } = audit;
      put.run(recordingId, tier, model, start, end, modelLabel, answer, draw, ofAll ? 1 : 0);
    },
    list: (recordingId, tier) =>
      list.all(recordingId, tier).map((row) => ({
        recordingId,
        model: text(row, 'model'),
        start: number(row, 'start'),
        end: number(row, 'end'),
        modelLabel: text(row, 'model_label'),
      })),
    count: (recordingId, tier) => {
      const row = counted.get(recordingId, tier) ?? {};
      const numbers = { heard: number(row, 'heard'), same: number(row, 'same') };
      return { ...numbers, frontier: number(row, 'frontier') };
    },
  };
}
