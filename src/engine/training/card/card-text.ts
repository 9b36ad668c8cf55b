import type { ModelCard } from '#engine/model/card.ts';
import { scopes, type Scope } from '#engine/clips/classify.ts';
import { coverageOf } from '../coverage.ts';
import type { CrossvalReport, Figure, ScopeSummary } from '../crossval-report.ts';
import { describeStudies } from './studies-text.ts';
import { percent, table } from './text.ts';

/** Beside `CARD.md`, drawn from the cross-validation. */
export const confidenceFigure = 'confidence.svg';

/** `CARD.md`: the card in words, with the tables of its cross-validation where there was one. */
export function describeCard(card: ModelCard, measured?: CrossvalReport): string {
  const sections = [
    `# ${card.name}`,
    `Tells ${card.labels.length} expressed emotions apart: ${card.labels.join(', ')}. ` +
      'This page is written from card.json and crossval.json by `undertone train` and `undertone card`.',
    `## Use\n\n${card.intendedUse}`,
    `## Licence\n\n${card.licence}`,
    `## Data\n\n${card.corpus}`,
    `## Scores\n\n${describeScores(card)}`,
    ...(measured === undefined ? [] : describeRuns(measured, card)),
    ...describeStudies(card),
    `## Known failures\n\n${describeFailures(measured)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function describeScores({ scores, protocol, temperature }: ModelCard): string {
  const rows = scopes.flatMap((scope) => {
    const own = scores[scope];
    if (own === null) return [];
    const interval = own.uarInterval?.map(percent).join(' to ') ?? 'not measured';
    return [[scope, figure(own.uar), interval, figure(own.accuracy), figure(own.ece)]];
  });
  const head = [
    'normalised per',
    'unweighted average recall',
    '95 % interval',
    'accuracy',
    'expected calibration error',
  ];
  return [
    table(head, rows),
    `Measured by ${protocol}.`,
    `Temperature ${temperature.toFixed(3)}.`,
  ].join('\n\n');
}

function describeRuns(
  { summary, labels }: CrossvalReport,
  { timeline }: ModelCard,
): readonly string[] {
  return [
    describeScope('Normalised per clip', summary.clip, labels),
    describeScope('Normalised per speaker', summary.speaker, labels),
    describeConfidence(summary, timeline.unsureBelow),
  ];
}

function describeScope(title: string, summary: ScopeSummary, labels: readonly string[]): string {
  const [low, high] = summary.uarInterval;
  const rows = summary.confusion.map((row, truth) => [
    labels[truth] ?? '',
    ...row.map(String),
    percent(summary.recall[truth] ?? 0),
  ]);
  return [
    `## ${title}`,
    `UAR ${percent(summary.uar.mean)} (95 % interval over speakers ${percent(low)} to ${percent(high)}), ` +
      `accuracy ${percent(summary.accuracy.mean)}, ECE ${percent(summary.ece.mean)}; ` +
      `UAR by fold: ${summary.byFold.map(percent).join(', ')}.`,
    'Clips by what they express (rows) and what was answered (columns):',
    table(['', ...labels, 'no speech', 'recall'], rows),
  ].join('\n\n');
}

/** What holding back unsure answers buys, from the cross-validation's test speakers. */
function describeConfidence(summary: CrossvalReport['summary'], unsureBelow: number): string {
  const columns = scopes.map((scope) => coverageOf(summary[scope].reliability));
  const rows = (columns[0] ?? []).flatMap(({ threshold }, index) => {
    const points = columns.flatMap((own) => own[index] ?? []);
    if (points.some(({ accuracy }) => accuracy === null)) return [];
    const cells = points.flatMap(({ coverage, accuracy }) => [
      percent(coverage),
      percent(accuracy ?? 0),
    ]);
    return [[threshold.toFixed(2), ...cells]];
  });
  const head = ['least confidence', 'answered', 'right of them', 'answered', 'right of them'];
  return [
    '## Confidence',
    `![Reliability, and accuracy against coverage](${confidenceFigure})`,
    'What is left when answers of less confidence are held back (per clip, then per speaker). ' +
      `On a timeline an answer below ${unsureBelow} is called unsure.`,
    table(head, rows),
  ].join('\n\n');
}

function describeFailures(measured: CrossvalReport | undefined): string {
  const known =
    'Screams may not be heard as speech on a timeline. Other languages, children, phone lines, music and ' +
    'several voices at once were no part of the training.';
  if (measured === undefined) return known;
  const { labels, summary } = measured;
  const worst = scopes.map((scope: Scope) => {
    const order = labels
      .map((label, index) => ({ label, recall: summary[scope].recall[index] ?? 0 }))
      .toSorted((a, b) => a.recall - b.recall)
      .slice(0, 3);
    const found = order.map(({ label, recall }) => `${label} (${percent(recall)})`);
    return `normalised per ${scope}: ${found.join(', ')}`;
  });
  return (
    `${known} Found least often, ${worst.join('; ')}. Confused most, per clip: ` +
    `${mostConfused(summary.clip, labels).join(', ')}.`
  );
}

/** The three pairs of labels of which the largest share of the first is taken for the second. */
function mostConfused({ confusion }: ScopeSummary, labels: readonly string[]): readonly string[] {
  const pairs = confusion.flatMap((row, truth) => {
    const clips = row.reduce((sum, count) => sum + count, 0);
    return labels.flatMap((answer, index) =>
      index === truth || clips === 0
        ? []
        : [{ text: `${labels[truth] ?? ''} as ${answer}`, share: (row[index] ?? 0) / clips }],
    );
  });
  return pairs
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ text, share }) => `${text} (${percent(share)})`);
}

function figure({ mean, spread }: Figure): string {
  return spread === null ? percent(mean) : `${percent(mean)} ± ${percent(spread)}`;
}
