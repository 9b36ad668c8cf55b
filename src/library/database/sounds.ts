import { sound as soundSchema, type Sound } from '#shared/domain/recording.ts';
import type { FileState } from '../files/file-state.ts';
import type { Database, Row } from './connection.ts';
import { isNull, json, number, text } from './row.ts';

/** What reading a recording's file found, and where that was put. */
export interface StoredSound {
  readonly sha256: string;
  readonly sound: Sound;
  /** Relative to the cache folder, or absolute where it is the person's own file. */
  readonly canonicalPath: string;
  /** Relative to the cache folder. */
  readonly peaksPath: string;
  /** The recording's file as it was when it was read. */
  readonly file: FileState;
}

/** Columns for queries that {@link toSound} maps. */
export const soundColumns =
  'sha256, sample_rate, channels, samples, damaged, uncertain_start_seconds, canonical_path, peaks_path, file_size, file_modified_ms';

export interface Sounds {
  readonly put: (recordingId: number, sound: StoredSound) => void;
}

export function createSounds(database: Database): Sounds {
  const put = database.prepare(
    `INSERT OR REPLACE INTO sound (recording_id, ${soundColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    put: (recordingId, { sha256, sound, canonicalPath, peaksPath, file }) => {
      put.run(
        recordingId,
        sha256,
        sound.sampleRate,
        sound.channels,
        sound.samples,
        sound.damaged && JSON.stringify(sound.damaged),
        sound.uncertainStartSeconds,
        canonicalPath,
        peaksPath,
        file.size,
        file.modifiedMs,
      );
    },
  };
}

/** @returns null where the recording has never been read (the cells of an outer join are empty) */
export function toSound(row: Row): StoredSound | null {
  if (isNull(row, 'sha256')) return null;
  return {
    sha256: text(row, 'sha256'),
    sound: {
      sampleRate: number(row, 'sample_rate'),
      channels: number(row, 'channels'),
      samples: number(row, 'samples'),
      damaged: isNull(row, 'damaged')
        ? null
        : json(row, 'damaged', soundSchema.shape.damaged, null),
      uncertainStartSeconds: isNull(row, 'uncertain_start_seconds')
        ? null
        : number(row, 'uncertain_start_seconds'),
    },
    canonicalPath: text(row, 'canonical_path'),
    peaksPath: text(row, 'peaks_path'),
    file: { size: number(row, 'file_size'), modifiedMs: number(row, 'file_modified_ms') },
  };
}
