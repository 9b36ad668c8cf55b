import { scopes } from '#engine/clips/classify.ts';
import type { AblationReport } from './ablate.ts';
import { describeRuns } from './table.ts';
import { element, figure, scale } from '../figures/svg.ts';

const names = 300;
const plot = 380;
const row = 44;
const top = 56;
/** Dark and light enough to be told apart without their hue. */
const colours = { clip: '#1f4e79', speaker: '#d17a00' } as const;

/** What each change of an ablation gave, with its interval. */
export function drawDifferences({ comparisons, folds, seeds }: AblationReport): string {
  const bounds = comparisons.flatMap(({ difference }) =>
    scopes.flatMap((scope) => difference[scope].interval),
  );
  const reach = Math.max(0.05, ...bounds.map(Math.abs));
  const x = scale([-reach, reach], [names, names + plot]);
  const height = top + comparisons.length * row + 16;
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach].flatMap((value) => [
    element('line', { x1: x(value), x2: x(value), y1: top - 10, y2: height - 12, stroke: '#ddd' }),
    element('text', { x: x(value), y: top - 16, 'text-anchor': 'middle' }, signed(value)),
  ]);
  const rows = comparisons.flatMap(({ question, difference }, index) => {
    const y = top + index * row + row / 2;
    const marks = scopes.flatMap((scope, at) => {
      const { mean, interval } = difference[scope];
      const stroke = colours[scope];
      const own = y - 6 + 12 * at;
      const [low, high] = interval;
      return [
        element('line', { x1: x(low), x2: x(high), y1: own, y2: own, stroke, 'stroke-width': 2 }),
        element('circle', { cx: x(mean), cy: own, r: 4, fill: stroke }),
      ];
    });
    return [element('text', { x: names - 12, y: y + 4, 'text-anchor': 'end' }, question), ...marks];
  });
  const zero = { x1: x(0), x2: x(0), y1: top - 10, y2: height - 12, stroke: '#555' };
  const legend = scopes.map((scope, at) =>
    element('text', { x: names + 8 + at * 180, y: 18, fill: colours[scope] }, `per ${scope}`),
  );
  const title = `Differences of the UAR, 95 % intervals, over ${describeRuns(folds, seeds)}`;
  const frame = { width: names + plot + 24, height, title };
  return figure(frame, [...ticks, element('line', zero), ...rows, ...legend]);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
