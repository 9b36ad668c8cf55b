import type { DescriptorGrid } from '#shared/domain/views.ts';
import type { Surface } from '../../lib/canvas.ts';
import type { Theme } from '../../lib/theme.ts';
import { visibleEnd, xOf, type TimeScale } from '../../lib/time-scale.ts';
import type { Summary } from './pyramid.ts';

export interface DescriptorPicture {
  readonly grid: Pick<DescriptorGrid, 'firstSeconds' | 'hopSeconds'>;
  readonly values: Float32Array;
  readonly pyramid: readonly Summary[];
  readonly range: readonly [low: number, high: number];
  readonly scale: TimeScale;
  readonly theme: Theme;
}

/** Entries closer together than this are summed up further. */
const leastGap = 0.75;
const padding = 5;

/** A line through the values; where many lie in a pixel, through their mean, in a band from the lowest to the highest. */
export function paintDescriptor(surface: Surface, picture: DescriptorPicture): void {
  const { ctx, height } = surface;
  const { range, theme } = picture;
  const [low, high] = range;
  const y = (value: number): number => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return height - padding - share * (height - 2 * padding);
  };
  const summary = levelFor(picture);
  const points = pointsOf(picture, summary);
  if (summary.step > 1) {
    ctx.fillStyle = theme.wave;
    ctx.globalAlpha = 0.45;
    for (const { x, width, index } of points) {
      const [top, bottom] = [y(summary.highs[index] ?? NaN), y(summary.lows[index] ?? NaN)];
      if (!Number.isNaN(top)) ctx.fillRect(x - width / 2, top, width, Math.max(1, bottom - top));
    }
    ctx.globalAlpha = 1;
  }
  ctx.strokeStyle = theme.inkSoft;
  ctx.lineWidth = 1.25;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  let drawing = false;
  for (const { x, index } of points) {
    const at = y(summary.means[index] ?? NaN);
    if (Number.isNaN(at)) drawing = false;
    else if (drawing) ctx.lineTo(x, at);
    else {
      // A value with none beside it is a dot, not nothing.
      ctx.moveTo(x - 0.6, at);
      ctx.lineTo(x, at);
      drawing = true;
    }
  }
  ctx.stroke();
}

function levelFor({ grid, values, pyramid, scale }: DescriptorPicture): Summary {
  const gap = grid.hopSeconds * scale.pxPerSecond;
  const none: Summary = { step: 1, lows: values, highs: values, means: values };
  return [none, ...pyramid].find(({ step }) => step * gap >= leastGap) ?? pyramid.at(-1) ?? none;
}

interface Point {
  readonly index: number;
  readonly x: number;
  readonly width: number;
}

function pointsOf({ grid, scale }: DescriptorPicture, { step, means }: Summary): readonly Point[] {
  const hop = step * grid.hopSeconds;
  // The middle of the first entry.
  const start = grid.firstSeconds + ((step - 1) / 2) * grid.hopSeconds;
  const first = Math.max(0, Math.floor((scale.start - start) / hop) - 1);
  const last = Math.min(means.length - 1, Math.ceil((visibleEnd(scale) - start) / hop) + 1);
  const width = hop * scale.pxPerSecond;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => ({
    index: first + at,
    x: xOf(scale, start + (first + at) * hop),
    width,
  }));
}
