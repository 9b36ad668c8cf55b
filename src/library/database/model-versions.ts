import {
  modelVersion as versionSchema,
  versionScores,
  type ModelVersion,
} from '#shared/domain/model-version.ts';
import type { Database, Row } from './connection.ts';
import { json, number, text } from './row.ts';

/** A version with what proves its files to be the ones that were stored. */
export interface StoredVersion extends Omit<ModelVersion, 'lostRecordings'> {
  /** Of the names and contents of its files. */
  readonly sha256: string;
}

/** Versions never change but for their note, and for being kept. */
export interface ModelVersions {
  /** The newest first. */
  readonly list: () => readonly StoredVersion[];
  readonly find: (id: string) => StoredVersion | undefined;
  /** Adds one under the next number. */
  readonly add: (version: Omit<StoredVersion, 'number'>) => void;
  readonly setKept: (id: string) => void;
  readonly setNote: (id: string, note: string) => void;
  readonly remove: (id: string) => void;
  /**
   * Finished recordings that are not as the active model would have them: analysed by another one. A shipped
   * model leaves alone what an earlier shipped one did, so that no update of the program changes a project.
   *
   * @param active null for the shipped model
   */
  readonly outdated: (active: string | null) => readonly number[];
}

export function createModelVersions(database: Database): ModelVersions {
  const list = database.prepare('SELECT * FROM model_version ORDER BY number DESC');
  const find = database.prepare('SELECT * FROM model_version WHERE id = ?');
  const add = database.prepare(
    `INSERT INTO model_version
       (id, number, parent, made_at, origin, kept, sha256, data_hash, settings, scores, note)
     VALUES (?, (SELECT coalesce(max(number), 1) + 1 FROM model_version), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const keep = database.prepare('UPDATE model_version SET kept = 1 WHERE id = ?');
  const note = database.prepare('UPDATE model_version SET note = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM model_version WHERE id = ?');
  const ofOthers = database.prepare(
    `SELECT recording_id FROM analysis JOIN job USING (recording_id)
     WHERE state = 'done' AND model <> ? ORDER BY recording_id`,
  );
  const ofVersions = database.prepare(
    `SELECT recording_id FROM analysis JOIN job USING (recording_id)
     WHERE state = 'done' AND model IN (SELECT id FROM model_version) ORDER BY recording_id`,
  );
  return {
    list: () => list.all().map(toVersion),
    find: (id) => find.all(id).map(toVersion)[0],
    add: (version) => {
      const { id, parent, madeAt, origin, kept, sha256, dataHash } = version;
      const settings = JSON.stringify(version.settings);
      const scores = JSON.stringify(version.scores);
      const { note: words } = version;
      add.run(id, parent, madeAt, origin, Number(kept), sha256, dataHash, settings, scores, words);
    },
    setKept: (id) => {
      keep.run(id);
    },
    setNote: (id, words) => {
      note.run(words, id);
    },
    remove: (id) => {
      remove.run(id);
    },
    outdated: (active) =>
      (active === null ? ofVersions.all() : ofOthers.all(active)).map((row) =>
        number(row, 'recording_id'),
      ),
  };
}

/** Of a version whose cells cannot be read any more; its model is in its folder all the same. */
const unknownSettings = { labels: [], seed: 0, corrections: {}, recordings: [] };
const unmeasured = { heldBack: null, check: null, changes: null, seconds: null };

function toVersion(row: Row): StoredVersion {
  return {
    id: text(row, 'id'),
    number: number(row, 'number'),
    parent: text(row, 'parent'),
    madeAt: text(row, 'made_at'),
    origin: versionSchema.shape.origin.parse(text(row, 'origin')),
    kept: number(row, 'kept') === 1,
    sha256: text(row, 'sha256'),
    dataHash: text(row, 'data_hash'),
    settings: json(row, 'settings', versionSchema.shape.settings, unknownSettings),
    scores: json(row, 'scores', versionScores, unmeasured),
    note: text(row, 'note'),
  };
}
