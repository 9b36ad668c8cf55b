import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Tells a model that was loaded from every other: `model.json` holds a hash of the weights in turn. */
export async function hashModel(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['model.json', 'card.json']) hash.update(await readFile(join(folder, name)));
  return hash.digest('hex');
}
