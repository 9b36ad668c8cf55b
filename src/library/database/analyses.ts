import { modelSummary } from '#shared/contract/engine.ts';
import { recording as recordingSchema } from '#shared/domain/recording.ts';
import type { Database, Row } from './connection.ts';
import { isNull, json, number, text } from './row.ts';

/** The newest analysis of a recording, without its track (a cache file) and its segments. */
export interface StoredAnalysis {
  /** Id of the model that made it. */
  readonly model: string;
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  readonly hopSeconds: number;
  /** As in a recording of the domain. */
  readonly ribbon: readonly string[];
}

/** Columns, from `analysis JOIN label_set`, for queries that {@link toAnalysis} maps. */
export const analysisColumns = 'analysis.model, labels, window_seconds, hop_seconds, ribbon';

/** Checks a JSON list of labels. */
export const labelsSchema = modelSummary.shape.labels;

export interface Analyses {
  readonly put: (recordingId: number, analysis: StoredAnalysis, madeAt: string) => void;
  readonly remove: (recordingId: number) => void;
}

export function createAnalyses(database: Database): Analyses {
  const put = database.prepare(
    `INSERT OR REPLACE INTO analysis
       (recording_id, model, label_set_id, window_seconds, hop_seconds, ribbon, made_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare('DELETE FROM analysis WHERE recording_id = ?');
  const labelSetId = createLabelSets(database);
  return {
    put: (recordingId, { model, labels, windowSeconds, hopSeconds, ribbon }, madeAt) => {
      const labelSet = labelSetId(labels);
      const ribbonText = JSON.stringify(ribbon);
      put.run(recordingId, model, labelSet, windowSeconds, hopSeconds, ribbonText, madeAt);
    },
    remove: (recordingId) => {
      remove.run(recordingId);
    },
  };
}

/** Finds the id of a set of labels, storing it where it is new. */
export function createLabelSets(database: Database): (labels: readonly string[]) => number {
  const add = database.prepare('INSERT INTO label_set (labels) VALUES (?) ON CONFLICT DO NOTHING');
  const find = database.prepare('SELECT id FROM label_set WHERE labels = ?');
  return (labels) => {
    const key = JSON.stringify(labels);
    add.run(key);
    return number(find.get(key) ?? {}, 'id');
  };
}

/** @returns null where there is none (the cells of an outer join are empty) */
export function toAnalysis(row: Row): StoredAnalysis | null {
  if (isNull(row, 'model')) return null;
  return {
    model: text(row, 'model'),
    labels: json(row, 'labels', labelsSchema),
    windowSeconds: number(row, 'window_seconds'),
    hopSeconds: number(row, 'hop_seconds'),
    ribbon: json(row, 'ribbon', recordingSchema.shape.ribbon),
  };
}
