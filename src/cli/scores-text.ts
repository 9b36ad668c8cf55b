import type { GroupScores } from '#engine/model/card-studies.ts';
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
    ...evaluation.byGroup.flatMap(describeGroups),
  ].join('\n');
}

function describeGroups({ by, measure, groups, difference }: GroupScores): readonly string[] {
  const width = Math.max(by.length + 3, ...groups.map(({ name }) => name.length)) + 2;
  const rows = groups.map(({ name, clips, value, interval, isReliable }) =>
    [
      name.padEnd(width),
      String(clips).padStart(5),
      `  ${percent(value)}`,
      interval === null ? '  one speaker' : `  95 %: ${interval.map(percent).join(' to ')}`,
      isReliable ? '' : '  not reliable, fewer than 20 clips',
    ].join(''),
  );
  return [
    '',
    `${`by ${by}`.padEnd(width)}clips  ${measure === 'uar' ? 'unweighted average recall' : 'accuracy (not every group has every label)'}`,
    ...rows,
    ...(difference === null ? [] : [`between best and worst ${percent(difference)}`]),
  ];
}

function percent(share: number | null): string {
  return share === null ? '     -' : `${(share * 100).toFixed(1)} %`.padStart(6);
}
