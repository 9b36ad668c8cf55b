import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const models = new URL('../../resources/models/', import.meta.url);
const { model } = z
  .object({ model: z.string() })
  .parse(JSON.parse(readFileSync(new URL('default.json', models), 'utf8')));

/** The folder of the model that Undertone ships with. */
export const shippedModel = fileURLToPath(new URL(model, models));
