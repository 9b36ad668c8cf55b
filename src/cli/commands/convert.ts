import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { formatIdOf, type AnnotationFormatId } from '#formats/annotation/registry.ts';
import { convertFile, findAnnotationFiles, type Conversion } from '../annotations/convert-files.ts';
import { formatOption } from '../annotations/format-option.ts';
import { exitStatus } from '../exit-status.ts';
import { collectFailures } from '../failures.ts';

interface ConvertOptions {
  readonly from?: AnnotationFormatId;
  readonly to?: AnnotationFormatId;
}

export function define(command: Command): void {
  command
    .description(
      'Converts files of annotations from one exchange format into another, and says what the other ' +
        'format cannot say. The last path is where to: a file, whose ending tells its format, or with --to a folder.',
    )
    .usage('[options] <in...> <out>')
    .argument('<paths...>', 'files, or folders of files, and where to')
    .addOption(formatOption('from', 'what they are in, where their names do not tell'))
    .addOption(formatOption('to', 'what to write, where the name of the file does not tell'))
    .action(async (paths: readonly string[], options: ConvertOptions) => {
      process.exitCode = await convert(paths.slice(0, -1), paths.at(-1) ?? '', options);
    });
}

async function convert(
  inputs: readonly string[],
  out: string,
  options: ConvertOptions,
): Promise<number> {
  if (inputs.length === 0) throw usage('Name what to convert and where to.');
  const failures = collectFailures();
  const files: string[] = [];
  for (const input of inputs) {
    await findAnnotationFiles(input).then(
      (found) => files.push(...found),
      (error: unknown) => {
        failures.add(input, error);
      },
    );
  }
  const conversion = await conversionOf(files.length + inputs.length > 2, out, options);
  for (const file of files) {
    try {
      const { written, losses } = await convertFile(file, conversion);
      for (const path of written) process.stdout.write(`${path}\n`);
      for (const loss of losses) process.stderr.write(`${file}: ${loss}\n`);
    } catch (error) {
      failures.add(file, error);
    }
  }
  return failures.exitStatus();
}

async function conversionOf(
  several: boolean,
  out: string,
  { from, to }: ConvertOptions,
): Promise<Conversion> {
  const isFolder = several || out.endsWith('/') || extname(out) === '' || (await isDirectory(out));
  const format = to ?? (isFolder ? null : formatIdOf(out));
  if (format === null) {
    throw usage(`Name the format with --to: ${out} does not tell.`);
  }
  return { to: format, out, isFolder, ...(from ? { from } : {}) };
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function usage(message: string): CommanderError {
  process.stderr.write(`error: ${message}\n`);
  return new CommanderError(exitStatus.wrongUsage, 'convert', message);
}
