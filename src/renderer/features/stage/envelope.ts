import type { Peaks } from '#shared/domain/peaks.ts';

export type Outline = Pick<Peaks, 'minima' | 'maxima'>;

/** The outline of blocks in so many columns, each from the lowest to the highest of its blocks. */
export function envelope({ minima, maxima }: Outline, columns: number): Outline {
  const blocks = maxima.length;
  const lows = new Float32Array(columns);
  const highs = new Float32Array(columns);
  for (let column = 0; column < columns; column += 1) {
    const first = Math.floor((column / columns) * blocks);
    const end = Math.max(first + 1, Math.floor(((column + 1) / columns) * blocks));
    // Plain comparisons: two hours have a million blocks, all of them in every frame of a zoom.
    let low = 0;
    let high = 0;
    for (let block = first; block < end; block += 1) {
      const least = minima[block] ?? 0;
      const most = maxima[block] ?? 0;
      if (least < low) low = least;
      if (most > high) high = most;
    }
    lows[column] = low;
    highs[column] = high;
  }
  return { minima: lows, maxima: highs };
}

/** Fills a canvas with an outline, `gain` times as large, through the middles of what it can show. */
export function fillOutline(ctx: CanvasRenderingContext2D, blocks: Outline, gain: number): void {
  const { width, height } = ctx.canvas;
  const points = Math.min(width, blocks.maxima.length);
  const { minima, maxima } = envelope(blocks, points);
  const middle = height / 2;
  // Silence is a line, not nothing.
  const y = (value: number, side: 1 | -1): number =>
    middle - side * Math.max(0.5, side * value * gain * middle);
  const x = (point: number): number => ((point + 0.5) / points) * width;

  ctx.beginPath();
  ctx.lineTo(0, y(maxima[0] ?? 0, 1));
  for (let point = 0; point < points; point += 1) ctx.lineTo(x(point), y(maxima[point] ?? 0, 1));
  ctx.lineTo(width, y(maxima[points - 1] ?? 0, 1));
  ctx.lineTo(width, y(minima[points - 1] ?? 0, -1));
  for (let point = points - 1; point >= 0; point -= 1) {
    ctx.lineTo(x(point), y(minima[point] ?? 0, -1));
  }
  ctx.lineTo(0, y(minima[0] ?? 0, -1));
  ctx.fill();
}
