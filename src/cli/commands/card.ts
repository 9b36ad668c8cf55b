import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { modelCard } from '#engine/model/card.ts';
import { addStudy } from '#engine/training/card/add-study.ts';
import { readCrossval, writeCardFiles } from '#engine/training/card/write.ts';
import { writeFileWhole } from '#files/write-whole.ts';

interface CardCommandOptions {
  readonly model: string;
  readonly study: readonly string[];
}

export function define(command: Command): void {
  command
    .description(
      "Puts results of studies on a model's card and writes CARD.md and its figure anew from what is stored " +
        'in the folder. Results are what "study" and "evaluate --json" print; those of another recipe or ' +
        'another model are refused.',
    )
    .requiredOption('--model <folder>', 'the model folder')
    .option('--study <files...>', 'results to put on the card', [])
    .action(writeCard);
}

async function writeCard({ model, study }: CardCommandOptions): Promise<void> {
  const path = join(model, 'card.json');
  const measured = await readCrossval(model);
  let card = modelCard.parse(JSON.parse(await readFile(path, 'utf8')));
  for (const file of study) {
    card = addStudy(card, measured, JSON.parse(await readFile(file, 'utf8')));
  }
  await writeFileWhole(path, [Buffer.from(`${JSON.stringify(card, null, 2)}\n`)]);
  await writeCardFiles(model, card, measured);
  process.stdout.write(`${join(model, 'CARD.md')}\n`);
}
