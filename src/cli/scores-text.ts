import type { Evaluation } from '#engine/training/evaluate.ts';

/** An evaluation for people: the headline, then recall and confusions label by label. */
export function describeScores(evaluation: Evaluation): string {
  const { scores, labels, uarInterval, leftOut, unheard } = evaluation;
  const [low, high] = uarInterval;
  const width = Math.max(...labels.map((label) => label.length)) + 2;
  const table = labels.map((label, row) => {
    const cells = scores.confusion[row]?.map((count) => String(count).padStart(5)) ?? [];
    return `${label.padEnd(width)}${percent(scores.recall[row] ?? null)}  ${cells.join('')}`;
  });
  const left = Object.entries(leftOut).map(([label, count]) => `${count} ${label}`);
  return [
    `${evaluation.model} on ${scores.clips} clips of ${evaluation.speakers.length} speakers (${evaluation.corpus}), normalised by ${evaluation.scope}`,
    `unweighted average recall ${percent(scores.uar)} (95 %: ${percent(low)} to ${percent(high)}), accuracy ${percent(scores.accuracy)}, calibration error ${percent(scores.ece)}`,
    ...(left.length > 0 ? [`left out, the model has no such label: ${left.join(', ')}`] : []),
    ...(unheard > 0 ? [`no speech heard in ${unheard}, counted as wrong`] : []),
    '',
    `${'label'.padEnd(width)}recall  heard as (same order as the rows)`,
    ...table,
  ].join('\n');
}

function percent(share: number | null): string {
  return share === null ? '     -' : `${(share * 100).toFixed(1)} %`.padStart(6);
}
