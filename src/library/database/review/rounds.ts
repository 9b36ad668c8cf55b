import type { Database, Row } from '../connection.ts';
import { isNull, number } from '../row.ts';

/** What an annotator is to listen to, in order. */
interface PlannedRound {
  /** The only recording that it is about; null where it is about all. */
  readonly recordingId: number | null;
  /** How many segments its audits were drawn from. */
  readonly population: number;
  readonly items: readonly PlannedItem[];
}

export interface PlannedItem {
  readonly segmentId: number;
  /** The random number by which it was drawn for the audit; null where it was chosen. */
  readonly draw: number | null;
}

/** An item with its segment and what has become of it. */
interface StoredItem extends PlannedItem {
  readonly recordingId: number;
  readonly start: number;
  readonly end: number;
  readonly sampleRate: number;
  readonly done: boolean;
}

export interface Rounds {
  /** Puts a round in the place of the one that an annotator had. */
  readonly put: (tier: string, round: PlannedRound) => void;
  readonly find: (tier: string) => Omit<PlannedRound, 'items'> | null;
  /** In order, without those whose segment or recording is gone. */
  readonly items: (tier: string) => readonly StoredItem[];
}

/** By how much the annotator's own segments cover one of the model's; none of them overlap. */
const covered = `
  (SELECT coalesce(sum(min(own."end", segment."end") - max(own."start", segment."start")), 0)
   FROM segment AS own
   WHERE own.recording_id = segment.recording_id AND own.tier = item.tier
     AND own."start" < segment."end" AND own."end" > segment."start"
     -- The last one that begins before it, so that a long recording is not read from its start.
     AND own."start" >= coalesce(
       (SELECT max("start") FROM segment AS earlier
        WHERE earlier.recording_id = segment.recording_id AND earlier.tier = item.tier
          AND earlier."start" <= segment."start"), 0))`;

const audited = `
  EXISTS (SELECT 1 FROM audit
          WHERE audit.recording_id = segment.recording_id AND audit.tier = item.tier
            AND audit.model = segment.model
            AND audit."start" = segment."start" AND audit."end" = segment."end")`;

export function createRounds(database: Database): Rounds {
  const clear = database.prepare('DELETE FROM review_round WHERE tier = ?');
  const add = database.prepare('INSERT INTO review_round VALUES (?, ?, ?)');
  const addItem = database.prepare('INSERT INTO review_item VALUES (?, ?, ?, ?)');
  const find = database.prepare('SELECT recording_id, population FROM review_round WHERE tier = ?');
  const items = database.prepare(
    `SELECT segment_id, draw, segment.recording_id, segment."start", segment."end", sample_rate,
            iif(draw IS NULL, ${covered} * 2 > segment."end" - segment."start", ${audited}) AS done
     FROM review_item AS item
     CROSS JOIN segment ON segment.id = segment_id
     CROSS JOIN recording ON recording.id = segment.recording_id AND removed_at IS NULL
     CROSS JOIN sound ON sound.recording_id = recording.id
     WHERE item.tier = ? ORDER BY position`,
  );
  return {
    put: (tier, round) => {
      database.transaction(() => {
        clear.run(tier);
        add.run(tier, round.recordingId, round.population);
        for (const [position, { segmentId, draw }] of round.items.entries()) {
          addItem.run(tier, position, segmentId, draw);
        }
      });
    },
    find: (tier) => {
      const row = find.get(tier);
      if (!row) return null;
      return {
        recordingId: isNull(row, 'recording_id') ? null : number(row, 'recording_id'),
        population: number(row, 'population'),
      };
    },
    items: (tier) => items.all(tier).map(toItem),
  };
}

function toItem(row: Row): StoredItem {
  return {
    segmentId: number(row, 'segment_id'),
    draw: isNull(row, 'draw') ? null : number(row, 'draw'),
    recordingId: number(row, 'recording_id'),
    start: number(row, 'start'),
    end: number(row, 'end'),
    sampleRate: number(row, 'sample_rate'),
    done: number(row, 'done') === 1,
  };
}
