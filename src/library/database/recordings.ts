import { analysisColumns, toAnalysis, type StoredAnalysis } from './analyses.ts';
import type { Database, Row, SqlValue } from './connection.ts';
import { jobColumns, toJobState, type JobState } from './jobs.ts';
import { isAbsolute, join, relative, sep } from 'node:path';
import { recording as recordingSchema } from '#shared/domain/recording.ts';
import type { RecordedHere } from '#shared/domain/recorded.ts';
import { recordingTerms, type RecordingTerms } from '#shared/domain/terms.ts';
import { recordedColumns, toRecorded } from './recorded.ts';
import { isNull, json, number, text } from './row.ts';
import { soundColumns, toSound, type StoredSound } from './sounds.ts';

/** A recording with all that is stored of it in one piece. */
export interface StoredRecording extends RecordingTerms {
  readonly id: number;
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** ISO 8601. */
  readonly addedAt: string;
  /** Who speaks; empty where nobody said. */
  readonly speaker: string;
  readonly note: string;
  /** Whether it is difficult to listen to. */
  readonly difficult: boolean;
  /** The profile that it is to be normalised by; empty for its own. */
  readonly profileId: string;
  /** In the order of the alphabet. */
  readonly tags: readonly string[];
  /** When it was taken off the list, ISO 8601; null where it is on it. */
  readonly removedAt: string | null;
  /** Null until the file has been read once. */
  readonly sound: StoredSound | null;
  /** Null until it has been analysed once. */
  readonly analysis: StoredAnalysis | null;
  readonly job: JobState;
  /** Null where it was opened from a file. */
  readonly recorded: RecordedHere | null;
}

type TermsChange = { readonly [Term in keyof RecordingTerms]?: RecordingTerms[Term] | undefined };

export interface Recordings {
  /** In the order in which they were added, without those that were taken off the list. */
  readonly list: () => readonly StoredRecording[];
  /** Those that were taken off the list, the last one first. */
  readonly listRemoved: () => readonly StoredRecording[];
  /** Undefined where it was taken off the list. */
  readonly find: (id: number) => StoredRecording | undefined;
  /** Also where it was taken off the list: it is only gone when it was deleted for good. */
  readonly exists: (id: number) => boolean;
  /** Also where it was taken off the list. */
  readonly findByPath: (path: string) => StoredRecording | undefined;
  /** Those whose file had this many bytes when it was read, without those that were taken off the list. */
  readonly findBySize: (bytes: number) => readonly StoredRecording[];
  /** Those of a speaker, without those that were taken off the list. */
  readonly findBySpeaker: (speaker: string) => readonly StoredRecording[];
  /** Adds the row alone; without a job it is not yet a recording that the others find. @returns its id */
  readonly add: (recording: Pick<StoredRecording, 'path' | 'name' | 'addedAt'>) => number;
  readonly setPath: (id: number, path: string) => void;
  readonly setName: (id: number, name: string) => void;
  readonly setSpeaker: (id: number, speaker: string) => void;
  readonly setNote: (id: number, note: string) => void;
  readonly setDifficult: (id: number, difficult: boolean) => void;
  readonly setProfile: (id: number, profileId: string) => void;
  /** Changes those terms that are given. */
  readonly setTerms: (id: number, change: TermsChange) => void;
  readonly addTag: (id: number, tag: string) => void;
  readonly removeTag: (id: number, tag: string) => void;
  /** Takes it off the list, or with null puts it back. */
  readonly setRemoved: (id: number, at: string | null) => void;
  /** Deletes it with all that belongs to it. */
  readonly remove: (id: number) => void;
}

const selection = `
  SELECT recording.id, path, name, added_at, speaker, note, difficult, recording.profile_id, removed_at,
    consent, source, licence, keep_until,
    (SELECT json_group_array(tag ORDER BY tag) FROM recording_tag
     WHERE recording_tag.recording_id = recording.id) AS tags,
    ${soundColumns}, ${analysisColumns}, ${jobColumns},
    ${recordedColumns}
  FROM recording
  JOIN job ON job.recording_id = recording.id
  LEFT JOIN sound ON sound.recording_id = recording.id
  LEFT JOIN recorded ON recorded.recording_id = recording.id
  LEFT JOIN analysis ON analysis.recording_id = recording.id
  LEFT JOIN label_set ON label_set.id = analysis.label_set_id`;

/** @param folder of the project: files within are stored by their path in it, so that it can be moved */
export function createRecordings(database: Database, folder: string): Recordings {
  const list = database.prepare(`${selection} WHERE removed_at IS NULL ORDER BY recording.id`);
  const listRemoved = database.prepare(
    `${selection} WHERE removed_at IS NOT NULL ORDER BY removed_at DESC, recording.id`,
  );
  const find = database.prepare(`${selection} WHERE recording.id = ? AND removed_at IS NULL`);
  const exists = database.prepare('SELECT 1 FROM recording WHERE id = ?');
  const findByPath = database.prepare(`${selection} WHERE path = ?`);
  const findBySize = database.prepare(
    `${selection} WHERE file_size = ? AND removed_at IS NULL ORDER BY recording.id`,
  );
  const findBySpeaker = database.prepare(
    `${selection} WHERE speaker = ? AND removed_at IS NULL ORDER BY recording.id`,
  );
  const add = database.prepare('INSERT INTO recording (path, name, added_at) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM recording WHERE id = ?');
  const addTag = database.prepare('INSERT OR IGNORE INTO recording_tag VALUES (?, ?)');
  const removeTag = database.prepare(
    'DELETE FROM recording_tag WHERE recording_id = ? AND tag = ?',
  );
  const toStored = (path: string): string =>
    path.startsWith(folder + sep) ? relative(folder, path).replaceAll(sep, '/') : path;
  const mapped = (row: Row): StoredRecording => toRecording(row, folder);
  const set = (column: string): ((id: number, value: SqlValue) => void) => {
    const update = database.prepare(`UPDATE recording SET ${column} = ? WHERE id = ?`);
    return (id, value) => {
      update.run(value, id);
    };
  };
  const setPath = set('path');
  const setDifficult = set('difficult');
  const terms = {
    consent: set('consent'),
    source: set('source'),
    licence: set('licence'),
    keepUntil: set('keep_until'),
  } as const satisfies Record<keyof RecordingTerms, unknown>;
  return {
    list: () => list.all().map(mapped),
    listRemoved: () => listRemoved.all().map(mapped),
    find: (id) => find.all(id).map(mapped)[0],
    exists: (id) => exists.all(id).length > 0,
    findByPath: (path) => findByPath.all(toStored(path)).map(mapped)[0],
    findBySize: (bytes) => findBySize.all(bytes).map(mapped),
    findBySpeaker: (speaker) => findBySpeaker.all(speaker).map(mapped),
    add: ({ path, name, addedAt }) => add.run(toStored(path), name, addedAt),
    setPath: (id, path) => {
      setPath(id, toStored(path));
    },
    setName: set('name'),
    setSpeaker: set('speaker'),
    setNote: set('note'),
    setDifficult: (id, difficult) => {
      setDifficult(id, difficult ? 1 : 0);
    },
    setProfile: set('profile_id'),
    setTerms: (id, change) => {
      for (const term of Object.keys(terms) as (keyof RecordingTerms)[]) {
        const value = change[term];
        if (value !== undefined) terms[term](id, value);
      }
    },
    addTag: (id, tag) => {
      addTag.run(id, tag);
    },
    removeTag: (id, tag) => {
      removeTag.run(id, tag);
    },
    setRemoved: set('removed_at'),
    remove: (id) => {
      remove.run(id);
    },
  };
}

const tagsSchema = recordingSchema.shape.tags;

function toRecording(row: Row, folder: string): StoredRecording {
  const path = text(row, 'path');
  return {
    id: number(row, 'id'),
    path: isAbsolute(path) ? path : join(folder, path),
    name: text(row, 'name'),
    addedAt: text(row, 'added_at'),
    speaker: text(row, 'speaker'),
    note: text(row, 'note'),
    difficult: number(row, 'difficult') === 1,
    profileId: text(row, 'profile_id'),
    tags: json(row, 'tags', tagsSchema, []),
    consent: recordingTerms.shape.consent.parse(text(row, 'consent')),
    source: text(row, 'source'),
    licence: text(row, 'licence'),
    keepUntil: isNull(row, 'keep_until') ? null : text(row, 'keep_until'),
    removedAt: isNull(row, 'removed_at') ? null : text(row, 'removed_at'),
    sound: toSound(row),
    analysis: toAnalysis(row),
    job: toJobState(row),
    recorded: toRecorded(row),
  };
}
