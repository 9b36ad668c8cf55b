import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';

/**
 * The wav and flac files below a folder in order of their names, at any depth. Of several with one stem
 * the first is kept: a popular copy of RAVDESS holds every clip twice, and people keep flac beside wav.
 * @throws corpus-invalid where the folder cannot be read
 */
export async function listClipFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (cause: unknown) => {
      throw new UndertoneError('corpus-invalid', {
        subject: folder,
        detail: 'it is not a folder that can be read',
        cause,
      });
    },
  );
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(wav|flac)$/iu.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const firstByStem = new Map<string, string>();
  for (const path of paths) {
    const stem = parse(path).name;
    if (!firstByStem.has(stem)) firstByStem.set(stem, path);
  }
  return [...firstByStem.values()];
}
