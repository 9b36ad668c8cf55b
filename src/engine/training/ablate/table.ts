import type { Figure } from '../crossval-report.ts';
import type { AblationReport } from './ablate.ts';
import type { PairedDifference } from './paired.ts';

/** Two tables in Markdown: what each variant gives, and what each change gives. */
export function describeAblation({ variants, comparisons, folds, seeds }: AblationReport): string {
  const rows = variants.map(
    ({ name, summary, latency }) =>
      `| ${name} | ${figure(summary.clip.uar)} | ${figure(summary.speaker.uar)} | ${latency.toFixed(1)} |`,
  );
  const differences = comparisons.map(
    ({ question, difference: { clip, speaker } }) =>
      `| ${question} | ${signed(clip)} | ${signed(speaker)} |`,
  );
  return [
    `UAR over ${describeRuns(folds, seeds)}; milliseconds for three seconds.`,
    '',
    '| variant | clip | speaker | ms |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'Differences of the UAR between runs of the same fold and seed, with 95 % intervals:',
    '',
    '| change | clip | speaker |',
    '| --- | --- | --- |',
    ...differences,
    '',
  ].join('\n');
}

/** How many runs of each variant there are. */
export function describeRuns(folds: number, seeds: readonly number[]): string {
  return `${folds} folds and ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
}

function figure({ mean, spread }: Figure): string {
  return spread === null ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${spread.toFixed(3)}`;
}

function signed({ mean, interval }: PairedDifference): string {
  const show = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
  return `${show(mean)} (${interval.map(show).join(' to ')})`;
}
