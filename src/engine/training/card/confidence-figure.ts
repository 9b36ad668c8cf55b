import { scopes, type Scope } from '#engine/clips/classify.ts';
import { coverageOf } from '../coverage.ts';
import type { CrossvalReport } from '../crossval-report.ts';
import { element, figure, path, scale, type Scale } from '../figures/svg.ts';
import type { Reliability } from '../reliability.ts';

type Report = Pick<CrossvalReport, 'summary'>;

interface Panel {
  readonly left: number;
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const size = 260;
const top = 44;
const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Dark and light enough to be told apart without their hue, and dashed differently. */
const styles: Readonly<Record<Scope, Readonly<Record<string, string>>>> = {
  clip: { stroke: '#1f4e79' },
  speaker: { stroke: '#d17a00', 'stroke-dasharray': '6 3' },
};

/** How often answers of each confidence are right, and what is left when unsure ones are held back. */
export function drawConfidence({ summary }: Report): string {
  const reliability = { left: 60, title: 'Reliability', x: 'confidence', y: 'share right' };
  const coverage = {
    left: 60 + size + 90,
    title: 'What is left when unsure answers are held back',
    x: 'share answered',
    y: 'share right of them',
  };
  const curves = scopes.flatMap((scope) => {
    const own = summary[scope].reliability;
    const more = { ...styles[scope], 'stroke-width': '2' };
    return [
      path(reliabilityPoints(own).map(placeIn(reliability)), more),
      path(coveragePoints(own).map(placeIn(coverage)), more),
    ];
  });
  const diagonal = path([[0, 0] as const, [1, 1] as const].map(placeIn(reliability)), {
    stroke: '#999',
  });
  const legend = scopes.map((scope, index) =>
    element(
      'text',
      { x: 76, y: top + 22 + 18 * index, fill: styles[scope]['stroke'] ?? '' },
      name(scope),
    ),
  );
  const frame = {
    width: coverage.left + size + 24,
    height: top + size + 52,
    title: 'Reliability and accuracy against coverage, on speakers that training never heard',
  };
  return figure(frame, [...axes(reliability), ...axes(coverage), diagonal, ...curves, ...legend]);
}

type Point = readonly [x: number, y: number];

function reliabilityPoints(bins: Reliability): readonly Point[] {
  return bins
    .filter(({ clips }) => clips > 0)
    .map(({ clips, confidence, right }) => [confidence / clips, right / clips] as const);
}

function coveragePoints(bins: Reliability): readonly Point[] {
  return coverageOf(bins).flatMap(({ coverage, accuracy }): readonly Point[] =>
    accuracy === null ? [] : [[coverage, accuracy]],
  );
}

function across({ left }: Panel): Scale {
  return scale([0, 1], [left, left + size]);
}

const up = scale([0, 1], [top + size, top]);

function placeIn(panel: Panel): (point: Point) => Point {
  const x = across(panel);
  return ([a, b]) => [x(a), up(b)];
}

function axes(panel: Panel): readonly string[] {
  const { left, title, x, y } = panel;
  const middle = left + size / 2;
  const bottom = top + size;
  const centred = { 'text-anchor': 'middle' };
  const ticks = shares.flatMap((share) => {
    const at = across(panel)(share);
    return [
      element('line', { x1: at, x2: at, y1: top, y2: bottom, stroke: '#e4e4e4' }),
      element('line', {
        x1: left,
        x2: left + size,
        y1: up(share),
        y2: up(share),
        stroke: '#e4e4e4',
      }),
      element('text', { x: at, y: bottom + 18, ...centred }, String(share)),
      element('text', { x: left - 8, y: up(share) + 4, 'text-anchor': 'end' }, String(share)),
    ];
  });
  return [
    ...ticks,
    element('text', { x: left, y: top - 16, 'font-weight': 'bold' }, title),
    element('text', { x: middle, y: bottom + 40, ...centred }, x),
    element(
      'text',
      { transform: `translate(${left - 40} ${top + size / 2}) rotate(-90)`, ...centred },
      y,
    ),
  ];
}

function name(scope: Scope): string {
  return `normalised per ${scope}`;
}
