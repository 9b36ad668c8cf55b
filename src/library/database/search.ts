import type { RecordingQuery } from '#shared/domain/recording-query.ts';
import { dayOf } from '#shared/domain/terms.ts';
import type { Database, SqlValue } from './connection.ts';
import { number } from './row.ts';

/** Finds recordings by what is known of them. @returns their ids in the order asked for */
export type Search = (query: RecordingQuery) => readonly number[];

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export function createSearch(database: Database): Search {
  database.define('plain', plain);
  return (query) => {
    const conditions = conditionsOf(query);
    const where = ['removed_at IS NULL', ...conditions.map(({ sql }) => sql)].join('\n AND ');
    const sql = `
      SELECT recording.id
      FROM recording
      JOIN job ON job.recording_id = recording.id
      LEFT JOIN sound ON sound.recording_id = recording.id
      LEFT JOIN speech ON speech.recording_id = recording.id
      WHERE ${where}
      ORDER BY ${orders[query.sort]}, recording.id`;
    return database
      .prepare(sql)
      .all(...conditions.flatMap(({ values }) => values))
      .map((row) => number(row, 'id'));
  };
}

/** The share of a recording's speech of which the model is unsure; null where it heard none. */
const unsureShare = 'CAST(unsure AS REAL) / nullif(spoken, 0)';

const orders: Readonly<Record<RecordingQuery['sort'], string>> = {
  added: 'recording.id',
  name: 'plain(name)',
  longest: 'CAST(samples AS REAL) / sample_rate DESC NULLS LAST',
  'least sure': `${unsureShare} DESC NULLS LAST`,
};

/** What is missing only the disk knows, so that is not asked here. */
const states: Readonly<Record<'ready' | 'pending' | 'failed', string>> = {
  ready: `state = 'done'`,
  pending: `state IN ('queued', 'running')`,
  failed: `state IN ('failed', 'cancelled')`,
};

const searchable = `plain(name || ' ' || speaker || ' ' || note || ' ' || coalesce(
  (SELECT group_concat(tag, ' ') FROM recording_tag WHERE recording_id = recording.id), ''))`;

function conditionsOf(query: RecordingQuery): readonly Condition[] {
  const words = plain(query.words).split(/\s+/u).filter(Boolean);
  const conditions: Condition[] = words.map((word) => ({
    sql: `instr(${searchable}, ?) > 0`,
    values: [word],
  }));
  const oneOf = (sql: string, list: readonly string[]): void => {
    if (list.length > 0) conditions.push({ sql, values: [JSON.stringify(list)] });
  };
  oneOf(
    `recording.id IN (SELECT recording_id FROM segment
                      WHERE label IN (SELECT value FROM json_each(?)))`,
    query.labels,
  );
  oneOf('speaker IN (SELECT value FROM json_each(?))', query.speakers);
  oneOf(
    `EXISTS (SELECT 1 FROM recording_tag
             WHERE recording_id = recording.id AND tag IN (SELECT value FROM json_each(?)))`,
    query.tags,
  );
  if (query.status === 'overdue') {
    conditions.push({ sql: 'keep_until < ?', values: [dayOf(new Date())] });
  } else if (query.status !== null && query.status !== 'missing') {
    conditions.push({ sql: states[query.status], values: [] });
  }
  if (query.unsure !== null) {
    conditions.push({
      sql: `${unsureShare} >= ?`,
      values: [query.unsure],
    });
  }
  return conditions;
}

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
