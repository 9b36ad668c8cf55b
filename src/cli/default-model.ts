import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const modelsFolder = join(dirname(fileURLToPath(import.meta.url)), '../../resources/models');
const choice = z.object({ model: z.string().regex(/^[A-Za-z0-9_.-]+$/) });

/** The folder of the model that is used where nobody names one. */
export async function defaultModelFolder(): Promise<string> {
  const text = await readFile(join(modelsFolder, 'default.json'), 'utf8');
  return join(modelsFolder, choice.parse(JSON.parse(text)).model);
}
