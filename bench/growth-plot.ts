import { fileURLToPath } from 'node:url';
import { writeFileWhole } from '#files/write-whole.ts';
import type { WholeProcess } from './whole-process.ts';

export interface Growth extends WholeProcess {
  readonly hours: number;
}

const file = fileURLToPath(new URL('../docs/images/growth.svg', import.meta.url));
const panel = { width: 300, height: 180, left: 56, top: 36, between: 90 } as const;

/** Draws `docs/images/growth.svg`: time of processors and megabytes over hours, each from zero. */
export async function drawGrowth(points: readonly Growth[]): Promise<void> {
  const width = 2 * (panel.left + panel.width) + panel.between - panel.left;
  const height = panel.top + panel.height + 44;
  const panels = [
    drawPanel(0, 'seconds of processors', points, ({ processorSeconds }) => processorSeconds),
    drawPanel(
      panel.width + panel.between,
      'megabytes at most',
      points,
      ({ megabytes }) => megabytes,
    ),
  ];
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    ...panels,
    '</svg>\n',
  ];
  await writeFileWhole(file, [Buffer.from(svg.join('\n'))]);
}

function drawPanel(
  shift: number,
  title: string,
  points: readonly Growth[],
  pick: (point: Growth) => number | null,
): string {
  const known = points.flatMap((point) => {
    const value = pick(point);
    return value === null ? [] : [{ hours: point.hours, value }];
  });
  const mostHours = Math.max(1, ...known.map(({ hours }) => hours));
  const most = Math.max(1, ...known.map(({ value }) => value)) * 1.1;
  const [left, bottom] = [shift + panel.left, panel.top + panel.height];
  const at = known.map(({ hours, value }) => ({
    x: left + (hours / mostHours) * panel.width,
    y: bottom - (value / most) * panel.height,
    ...{ hours, value },
  }));
  const line = at.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return [
    `<text x="${left}" y="20" font-weight="bold">${title}</text>`,
    `<path d="M${left} ${panel.top}V${bottom}H${left + panel.width}" fill="none" stroke="#666"/>`,
    `<polyline points="${line}" fill="none" stroke="#2563eb" stroke-width="2"/>`,
    ...at.map(({ x, y, hours, value }) =>
      [
        `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="#2563eb"/>`,
        `<text x="${x.toFixed(1)}" y="${(y - 9).toFixed(1)}" text-anchor="middle">${value.toFixed(0)}</text>`,
        `<text x="${x.toFixed(1)}" y="${bottom + 18}" text-anchor="middle">${hours} h</text>`,
      ].join(''),
    ),
  ].join('\n');
}
