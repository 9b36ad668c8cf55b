import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Traces {
  /** How many files were looked into. */
  readonly files: number;
  /** Those that hold what was looked for, or are called by it. */
  readonly found: readonly string[];
}

/**
 * Looks for something in all that the application keeps in a user's folder, byte by byte. Backups are left out, and
 * so are the person's own files, in `sounds`.
 */
export async function findTraces(userFolder: string, wanted: string | Buffer): Promise<Traces> {
  const entries = await readdir(userFolder, { recursive: true, withFileTypes: true });
  const forms =
    typeof wanted === 'string' ? [Buffer.from(wanted), Buffer.from(wanted, 'utf16le')] : [wanted];
  const found: string[] = [];
  let files = 0;
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(userFolder, file);
    if (!entry.isFile() || /^(sounds|backups)\//u.test(name)) continue;
    // Files come and go while the application runs.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    files += 1;
    const isCalledSo = typeof wanted === 'string' && name.includes(wanted);
    if (isCalledSo || forms.some((form) => bytes.includes(form))) found.push(name);
  }
  return { files, found };
}
