import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { rowUnits, type RowUnit } from '#shared/domain/row-unit.ts';
import { formatOfFile, outputFormats, type OutputFormat } from './outputs.ts';
import { nameOfShard, parseShard, type Shard } from './shard.ts';

export interface AnalyzeOptions {
  readonly output?: string;
  readonly format?: readonly OutputFormat[];
  readonly per: RowUnit;
  readonly model?: string;
  readonly window?: number;
  readonly hop?: number;
  readonly jobs: number;
  readonly resume: boolean;
  readonly shard?: Shard;
}

/** Where results go: the screen by default, one file where `-o` names one by its ending, else a folder. */
export type Target =
  | { readonly kind: 'screen'; readonly format: 'csv' | 'json' }
  | { readonly kind: 'file'; readonly path: string; readonly format: OutputFormat }
  | { readonly kind: 'folder'; readonly path: string; readonly formats: readonly OutputFormat[] }
  | { readonly kind: 'shard'; readonly folder: string; readonly shard: Shard };

export function addOptions(command: Command): Command {
  return command
    .option('-o, --output <path>', 'a file for everything, or a folder for a file each')
    .option(
      '--format <formats>',
      `of ${outputFormats.join(', ')}; several with commas`,
      parseFormats,
    )
    .addOption(
      new Option('--per <unit>', 'what a row of CSV or Parquet is about')
        .choices([...rowUnits])
        .default('segment'),
    )
    .option('--model <folder>', 'a model folder in place of the shipped model')
    .option('--window <seconds>', 'how much speech one prediction hears', parseSeconds)
    .option('--hop <seconds>', 'how far predictions are apart', parseSeconds)
    .option('--jobs <number>', 'recordings at a time, each in a process of its own', parseJobs, 1)
    .option('--resume', 'do not analyse again what is up to date; needs --output', false)
    .option('--shard <i/n>', 'only part i of n, as files in the folder --output', parseShard);
}

/** What the options say of the target, or what is wrong with them together. */
export function targetOf({ output, format, resume, shard }: AnalyzeOptions): Target | string {
  if (shard !== undefined) return shardTarget(output, format, shard);
  if (output === undefined) {
    const [first = 'csv', ...others] = format ?? [];
    if (resume) return '--resume needs --output: what is done is kept beside it.';
    const isPrintable = first === 'csv' || first === 'json';
    if (!isPrintable || others.length > 0) return 'One of csv and json can be printed.';
    return { kind: 'screen', format: first };
  }
  const ending = formatOfFile(output);
  if (ending === undefined) return { kind: 'folder', path: output, formats: format ?? ['csv'] };
  return { kind: 'file', path: output, format: ending };
}

function shardTarget(
  output: string | undefined,
  format: AnalyzeOptions['format'],
  shard: Shard,
): Target | string {
  if (output === undefined || formatOfFile(output) !== undefined) {
    return '--shard needs a folder as --output.';
  }
  if (format !== undefined) return 'A shard is always written as CSV and as Parquet.';
  return { kind: 'shard', folder: output, shard };
}

/** Where a run keeps what it has done, to be gone on with; undefined where there is no output to put it beside. */
export function stateFolderOf(target: Target): string | undefined {
  switch (target.kind) {
    case 'screen':
      return undefined;
    case 'file':
      return `${target.path}.done`;
    case 'folder':
      return join(target.path, '.done');
    case 'shard':
      return join(target.folder, `.${nameOfShard(target.shard)}.done`);
  }
}

function parseFormats(value: string): readonly OutputFormat[] {
  return value.split(',').map((name) => {
    const format = outputFormats.find((known) => known === name.trim());
    if (!format) throw new InvalidArgumentError(`Formats are ${outputFormats.join(', ')}.`);
    return format;
  });
}

function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (seconds >= 0.1 && seconds <= 60) return seconds;
  throw new InvalidArgumentError('Give seconds from 0.1 to 60.');
}

function parseJobs(value: string): number {
  const jobs = Number(value);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= 256) return jobs;
  throw new InvalidArgumentError('Give a number of processes, from 1 to 256.');
}
