import type { Database } from './connection.ts';
import { text } from './row.ts';

/** What has been chosen for the whole project. */
export interface Settings {
  /** Null where nothing has been chosen. */
  readonly get: (key: SettingKey) => string | null;
  /** Null takes the choice back. */
  readonly set: (key: SettingKey, value: string | null) => void;
}

/**
 * - `model`: id of the version that analyses; the shipped model where there is none.
 * - `queue.paused`: `yes` while a person has the queue wait.
 * - `export.pseudonyms`: what is written for the names of those who speak, as JSON.
 * - `import`: how tiers and labels were mapped, as JSON.
 */
type SettingKey = 'model' | 'queue.paused' | 'export.pseudonyms' | 'import';

export function createSettings(database: Database): Settings {
  const get = database.prepare('SELECT value FROM setting WHERE key = ?');
  const set = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM setting WHERE key = ?');
  return {
    get: (key) => {
      const row = get.get(key);
      return row ? text(row, 'value') : null;
    },
    set: (key, value) => {
      if (value === null) remove.run(key);
      else set.run(key, value);
    },
  };
}
