import type { ModelCard } from '#engine/model/card.ts';
import { scopes } from '#engine/clips/classify.ts';
import type { CrossvalReport, Figure, ScopeSummary } from './crossval-report.ts';

/** `CARD.md`: the card in words, with the tables of its cross-validation where there was one. */
export function describeCard(card: ModelCard, measured?: CrossvalReport): string {
  const sections = [
    `# ${card.name}`,
    `Tells ${card.labels.length} expressed emotions apart: ${card.labels.join(', ')}. ` +
      'This page is written from card.json by `undertone train`.',
    `## Use\n\n${card.intendedUse}`,
    `## Licence\n\n${card.licence}`,
    `## Data\n\n${card.corpus}`,
    `## Scores\n\n${describeScores(card)}`,
    ...(measured === undefined ? [] : describeRuns(measured)),
    `## Known failures\n\n${knownFailures}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

const knownFailures =
  'Screams may not be heard as speech on a timeline. Other languages, children, phone lines, music and ' +
  'several voices at once were no part of the training. Neighbouring emotions (calm and neutral or sad, ' +
  'happy and surprised) are confused most.';

function describeScores({ scores, protocol, temperature }: ModelCard): string {
  const table = scopes.flatMap((scope) => {
    const own = scores[scope];
    if (own === null) return [];
    const interval = own.uarInterval?.map(percent).join(' to ') ?? 'not measured';
    return [
      `| ${scope} | ${figure(own.uar)} | ${interval} | ${figure(own.accuracy)} | ${figure(own.ece)} |`,
    ];
  });
  return [
    '| normalised per | unweighted average recall | 95 % interval | accuracy | expected calibration error |',
    '| --- | --- | --- | --- | --- |',
    ...table,
    '',
    `Measured by ${protocol}.`,
    '',
    `Temperature ${temperature.toFixed(3)}.`,
  ].join('\n');
}

function describeRuns({ summary, labels }: CrossvalReport): readonly string[] {
  return [
    describeScope('Normalised per clip', summary.clip, labels),
    describeScope('Normalised per speaker', summary.speaker, labels),
  ];
}

function describeScope(title: string, summary: ScopeSummary, labels: readonly string[]): string {
  const [low, high] = summary.uarInterval;
  const answers = [...labels, 'no speech'];
  const rows = summary.confusion.map(
    (row, truth) =>
      `| ${labels[truth] ?? ''} | ${row.join(' | ')} | ${percent(summary.recall[truth] ?? 0)} |`,
  );
  return [
    `## ${title}`,
    '',
    `UAR ${percent(summary.uar.mean)} (95 % interval over speakers ${percent(low)} to ${percent(high)}), ` +
      `accuracy ${percent(summary.accuracy.mean)}, ECE ${percent(summary.ece.mean)}; ` +
      `UAR by fold: ${summary.byFold.map(percent).join(', ')}.`,
    '',
    'Clips by what they express (rows) and what was answered (columns):',
    '',
    `| | ${answers.join(' | ')} | recall |`,
    `| --- |${' ---: |'.repeat(answers.length + 1)}`,
    ...rows,
  ].join('\n');
}

function figure({ mean, spread }: Figure): string {
  return spread === null ? percent(mean) : `${percent(mean)} ± ${percent(spread)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
