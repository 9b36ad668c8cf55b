import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeFileWhole } from '#files/write-whole.ts';

const mostRecent = 12;

const saved = z.object({
  version: z.literal(1),
  /** The folder that was open last. */
  current: z.string(),
  /** The newest first, the current one included. */
  recent: z.array(z.string()).readonly(),
});
type SavedPlaces = Readonly<z.infer<typeof saved>>;

/** Which projects were open, for the next start and for the list of recent ones. */
export interface Places {
  readonly current: () => string | undefined;
  readonly recent: () => readonly string[];
  /** Puts a folder first on the list. */
  readonly note: (folder: string, options: { readonly isCurrent: boolean }) => Promise<void>;
  readonly forget: (folder: string) => Promise<void>;
}

/** @param file in the folder of the user's data; made with the first project that is noted */
export function openPlaces(file: string): Places {
  let now = readPlaces(file);
  let writing = Promise.resolve();

  function save(next: SavedPlaces): Promise<void> {
    now = next;
    const write = (): Promise<void> => writeFileWhole(file, [JSON.stringify(next, null, 2)]);
    // One after the other, so that the newest is the one that stays.
    writing = writing.then(write, write);
    return writing;
  }

  return {
    current: () => now.current || undefined,
    recent: () => now.recent,
    note: (folder, { isCurrent }) =>
      save({
        version: 1,
        current: isCurrent ? folder : now.current,
        recent: [folder, ...now.recent.filter((known) => known !== folder)].slice(0, mostRecent),
      }),
    forget: (folder) => save({ ...now, recent: now.recent.filter((known) => known !== folder) }),
  };
}

function readPlaces(file: string): SavedPlaces {
  try {
    return saved.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A first start, or a list that is no longer readable: the default project then opens.
    return { version: 1, current: '', recent: [] };
  }
}

/** What a project is called among the others: a token that says nothing of where it is. */
export function placeId(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16);
}

/**
 * Whether a folder holds a project, or what is left of one: a database, its journal alone, or the folder
 * that is made only after the database.
 */
export function holdsProject(folder: string): boolean {
  return ['project.sqlite', 'project.sqlite-wal', 'project.lock'].some((name) =>
    existsSync(path.join(folder, name)),
  );
}
