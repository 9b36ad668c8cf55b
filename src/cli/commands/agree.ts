import { InvalidArgumentError, type Command } from 'commander';
import { compare, usualSettings, type Comparison } from '#library/agreement/compare.ts';
import { alphaSentence, fleissSentence, pairSentence } from '#shared/domain/agreement/words.ts';
import { formatClock } from '#shared/domain/time.ts';
import { readAnnotators, type Annotators } from '../annotations/annotators.ts';
import { parseCount } from '../numbers.ts';

interface AgreeOptions {
  readonly unit: number;
  readonly block: number;
  readonly tier?: readonly string[];
  readonly ignore?: readonly string[];
  readonly seed: number;
  readonly json: boolean;
}

export function define(command: Command): void {
  command
    .description(
      'Compares annotators over time: a file each, in any exchange format (one may be what "analyze" wrote), ' +
        'or the tiers of a single file. Prints how far they agree beyond chance, with 95 % intervals, and where they differ.',
    )
    .argument('<files...>', 'annotations of the same recordings')
    .option(
      '--unit <seconds>',
      'what counts as one judgement',
      parseSeconds,
      usualSettings.unitSeconds,
    )
    .option(
      '--block <seconds>',
      'what intervals are drawn over, below ten recordings',
      parseSeconds,
      usualSettings.blockSeconds,
    )
    .option('--tier <names>', 'only tiers of these names, with commas', parseList)
    .option('--ignore <labels>', 'labels that count as nothing said, with commas', parseList)
    .option('--seed <number>', 'of the intervals', parseCount, usualSettings.seed)
    .option('--json', 'print one JSON object', false)
    .action(agree);
}

async function agree(paths: readonly string[], options: AgreeOptions): Promise<void> {
  const { unit, block, tier = [], ignore = [], seed, json } = options;
  const annotators = await readAnnotators(paths, { tiers: tier, ignored: ignore });
  const settings = { unitSeconds: unit, blockSeconds: block, seed };
  const comparison = compare(annotators.recordings, settings, paths.join(', '));
  const { names, leftOut } = annotators;
  process.stdout.write(
    json
      ? `${JSON.stringify({ annotators: names, ...settings, leftOut, ...comparison })}\n`
      : describe(comparison, annotators),
  );
}

function describe(comparison: Comparison, { names, leftOut }: Annotators): string {
  const { differences } = comparison;
  const lines = [
    ...comparison.pairs.map((pair) => pairSentence(pair, names)),
    ...(names.length > 2 ? [fleissSentence(comparison, names.length)] : []),
    alphaSentence(comparison),
    ...(leftOut.length > 0 ? [`Left out, labelled by one only: ${leftOut.join(', ')}.`] : []),
    '',
    differences.length === 0 ? 'They differ nowhere.' : 'Where they differ:',
    ...differences.map(({ recording, start, end, labels }) => {
      const said = labels.map((label, index) => `${names[index] ?? ''} ${onOneLine(label ?? '-')}`);
      return `${recording}  ${formatClock(start, 3)} - ${formatClock(end, 3)}  ${said.join(', ')}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (seconds >= 0.01 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError('Give seconds from 0.01 to 3600.');
}

function parseList(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim());
}

function onOneLine(text: string): string {
  return text.replace(/\s+/gu, ' ');
}
