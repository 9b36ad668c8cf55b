import { modelSummary } from '#shared/contract/engine.ts';
import { recording as recordingSchema } from '#shared/domain/recording.ts';
import type { Database, Row } from './connection.ts';
import { isNull, json, number, text } from './row.ts';

/** The newest analysis of a recording, without its track (a cache file) and its segments. */
export interface StoredAnalysis {
  /** Id of the model that made it. */
  readonly model: string;
  /** Of the model's files, its settings among them; empty in projects of older versions. */
  readonly modelSha256: string;
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  readonly hopSeconds: number;
  /** Of the profile that the recording was normalised by; empty where that was its own. */
  readonly profileId: string;
  /** The probability from which on the likeliest label of a window counts. */
  readonly unsureBelow: number;
  /** As in a recording of the domain. */
  readonly ribbon: readonly string[];
}

/** Columns, from `analysis JOIN label_set`, for queries that {@link toAnalysis} maps. */
export const analysisColumns =
  'analysis.model, model_sha256, labels, window_seconds, hop_seconds, unsure_below, ribbon, analysis.profile_id AS analysis_profile';

/** Checks a JSON list of labels. */
export const labelsSchema = modelSummary.shape.labels;

export interface Analyses {
  readonly put: (recordingId: number, analysis: StoredAnalysis, madeAt: string) => void;
  readonly remove: (recordingId: number) => void;
  /**
   * A recording with this content that this very model has analysed, normalised by this very profile; the given
   * one before any other. Undefined where there is none.
   */
  readonly findSame: (
    recordingId: number,
    sha256: string,
    modelSha256: string,
    profileId: string,
  ) => number | undefined;
}

export function createAnalyses(database: Database): Analyses {
  const put = database.prepare(
    `INSERT OR REPLACE INTO analysis
       (recording_id, model, model_sha256, label_set_id, window_seconds, hop_seconds, unsure_below, ribbon, profile_id,
        made_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare('DELETE FROM analysis WHERE recording_id = ?');
  const findSame = database.prepare(
    `SELECT recording_id FROM sound JOIN analysis USING (recording_id)
     WHERE sha256 = ? AND model_sha256 = ? AND profile_id = ? ORDER BY recording_id <> ?, recording_id LIMIT 1`,
  );
  const labelSetId = createLabelSets(database);
  return {
    put: (recordingId, analysis, madeAt) => {
      const { model, modelSha256, labels, windowSeconds, hopSeconds, unsureBelow } = analysis;
      put.run(
        recordingId,
        model,
        modelSha256,
        labelSetId(labels),
        windowSeconds,
        hopSeconds,
        unsureBelow,
        JSON.stringify(analysis.ribbon),
        analysis.profileId,
        madeAt,
      );
    },
    findSame: (recordingId, sha256, modelSha256, profileId) => {
      const row = findSame.get(sha256, modelSha256, profileId, recordingId);
      return row && number(row, 'recording_id');
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
    modelSha256: text(row, 'model_sha256'),
    labels: json(row, 'labels', labelsSchema, []),
    windowSeconds: number(row, 'window_seconds'),
    hopSeconds: number(row, 'hop_seconds'),
    profileId: text(row, 'analysis_profile'),
    unsureBelow: number(row, 'unsure_below'),
    ribbon: json(row, 'ribbon', recordingSchema.shape.ribbon, []),
  };
}
