import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemCode } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import type { ModelCard } from '#engine/model/card.ts';
import type { CrossvalReport } from '../crossval-report.ts';
import { describeCard, confidenceFigure } from './card-text.ts';
import { drawConfidence } from './confidence-figure.ts';

const crossvalFile = 'crossval.json';

/** Writes into a model's folder what people read: `CARD.md` and, where it was measured, what that rests on. */
export async function writeCardFiles(
  folder: string,
  card: ModelCard,
  measured: CrossvalReport | undefined,
): Promise<void> {
  const files = {
    ...(measured && {
      [crossvalFile]: `${JSON.stringify(measured)}\n`,
      [confidenceFigure]: drawConfidence(measured),
    }),
    'CARD.md': describeCard(card, measured),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFileWhole(join(folder, name), [Buffer.from(text)]);
  }
}

/** The cross-validation that a model's scores come from, as training stored it; undefined where none was made. */
export async function readCrossval(folder: string): Promise<CrossvalReport | undefined> {
  const text = await readFile(join(folder, crossvalFile), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  // The project's own file, beside weights of the same training.
  return z.custom<CrossvalReport>((value) => isReport(value)).parse(JSON.parse(text));
}

function isReport(value: unknown): boolean {
  return z.object({ kind: z.literal('crossval'), summary: z.object({}) }).safeParse(value).success;
}
