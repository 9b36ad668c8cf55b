import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { readFile } from 'node:fs/promises';
import type { Result } from './figure.ts';
import { endToEnd } from './groups/end-to-end.ts';
import { features } from './groups/features.ts';
import { growth } from './groups/growth.ts';
import { wavSeconds, type Group } from './groups/group.ts';
import { kernels } from './groups/kernels.ts';
import { startUp } from './groups/start-up.ts';
import { window } from './groups/window.ts';
import { keep, machine, tableOf, whatMoved } from './report.ts';
import { speech, writeWav } from './speech.ts';

const groups = {
  kernels,
  features,
  'end-to-end': endToEnd,
  'start-up': startUp,
  growth,
  window,
} as const;
const names = ['kernels', 'features', 'end-to-end', 'start-up', 'growth', 'window'] as const;
const models = new URL('../resources/models/', import.meta.url);

interface Options {
  readonly only?: (typeof names)[number];
  readonly json?: true;
  readonly write?: true;
  readonly growth: readonly number[];
}

const program = new Command('bench')
  .description(
    'Times what is fast, beside its peers, and says what moved since the last committed run.',
  )
  .addOption(new Option('--only <group>', 'one group').choices(names))
  .option('--json', 'print [{name, value, unit, peer, peerValue, ratio}]')
  .option('--growth <hours>', 'draw time and memory for these lengths, say 1,2,4,8', parseHours, [])
  .option(
    '--write',
    'make this the run in docs/BENCH.md and bench/last.json; groups that do not run stay',
  )
  .action(run);
await program.parseAsync();

async function run(options: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const results = await runGroups(folder, options);
    const figures = [...results.values()].flatMap((result) => result.figures);
    const notes = new Set([...results.values()].flatMap((result) => result.notes));
    const remarks = [...notes, await machine(), ...(await whatMoved(figures))].join('\n');
    if (options.json) {
      process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
      process.stderr.write(`${remarks}\n`);
    } else {
      process.stdout.write(`${tableOf(figures)}\n\n${remarks}\n`);
    }
    if (options.write) await keep(results);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runGroups(
  folder: string,
  { only, growth: hours }: Options,
): Promise<ReadonlyMap<string, Result>> {
  const sentences = await speech();
  const wav = join(folder, 'speech.wav');
  await writeWav(wav, sentences, wavSeconds);
  const context = { folder, sentences, wav, modelFolder: await modelFolder(), growth: hours };
  const results = new Map<string, Result>();
  for (const name of only ? [only] : names) {
    const group: Group = groups[name];
    // It takes as long as all others together.
    if (name === 'growth' && hours.length === 0) continue;
    process.stderr.write(`${name}\n`);
    results.set(name, await group(context));
  }
  return results;
}

async function modelFolder(): Promise<string> {
  const text = await readFile(new URL('default.json', models), 'utf8');
  const { model } = z.object({ model: z.string() }).parse(JSON.parse(text));
  return join(models.pathname, model);
}

function parseHours(value: string): readonly number[] {
  const hours = value.split(',').map(Number);
  if (hours.every((length) => length > 0 && length <= 24)) return hours;
  throw new InvalidArgumentError('Give lengths from 0 to 24 hours with commas between.');
}
