import type { Peaks } from '#shared/domain/peaks.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { Surface } from '../../lib/canvas.ts';
import type { Theme } from '../../lib/theme.ts';
import { visibleEnd, xOf, type TimeScale } from '../../lib/time-scale.ts';

export interface Waveform {
  /** See `peakLevels`. */
  readonly levels: readonly Peaks[];
  readonly sampleRate: number;
  /** How many times as large as full scale would have it. */
  readonly gain: number;
  readonly scale: TimeScale;
  /** The playhead, in seconds: what lies before it is drawn stronger. */
  readonly played: number;
  readonly theme: Theme;
}

/** From here on, in pixels, blocks are joined to an outline; narrower ones are columns. */
const wideBlock = 2;

/**
 * The sound that shows, from the lowest to the highest of each pixel. Columns are filled one by one: the edges of one
 * outline of thousands of points would all cross every line of the screen.
 */
export function paintWaveform(surface: Surface, waveform: Waveform): void {
  const { levels, sampleRate, scale, played } = waveform;
  const { ctx, width, height, ratio } = surface;
  const wide = (level: Peaks): number =>
    toSeconds(level.samplesPerBlock, sampleRate) * scale.pxPerSecond;
  const [finest] = levels;
  if (!finest) return;
  const head = Math.min(width, Math.max(0, xOf(scale, played)));
  if (wide(finest) >= wideBlock) {
    paintOutline(ctx, outlineOf(waveform, finest, height), [head, height], waveform.theme);
    return;
  }
  // The coarsest of which no block is wider than a pixel of the screen.
  const level = levels.findLast((each) => wide(each) * ratio <= 1) ?? finest;
  paintColumns(surface, waveform, level, head);
}

function paintColumns(
  { ctx, width, height, ratio }: Surface,
  { sampleRate, gain, scale, theme }: Waveform,
  { samplesPerBlock, minima, maxima }: Peaks,
  head: number,
): void {
  const blocksPerPixel = sampleRate / samplesPerBlock / scale.pxPerSecond;
  const first = (scale.start * sampleRate) / samplesPerBlock;
  const middle = height / 2;
  const end = Math.min(width, xOf(scale, scale.duration));
  ctx.fillStyle = theme.wavePlayed;
  let isPlayed = true;
  for (let x = 0; x < end; x += 1 / ratio) {
    if (isPlayed && x >= head) {
      ctx.fillStyle = theme.wave;
      isPlayed = false;
    }
    const from = Math.floor(first + x * blocksPerPixel);
    const to = Math.max(from + 1, Math.floor(first + (x + 1 / ratio) * blocksPerPixel));
    let [low, high] = [0, 0];
    for (let block = from; block < to; block += 1) {
      low = Math.min(low, minima[block] ?? 0);
      high = Math.max(high, maxima[block] ?? 0);
    }
    const up = Math.max(leastHalf, high * gain * middle);
    ctx.fillRect(x, middle - up, 1 / ratio, up + Math.max(leastHalf, -low * gain * middle));
  }
}

/** Silence is a line, not nothing. */
const leastHalf = 0.5;

function paintOutline(
  ctx: CanvasRenderingContext2D,
  outline: Path2D,
  [head, height]: readonly [head: number, height: number],
  theme: Theme,
): void {
  ctx.fillStyle = theme.wave;
  ctx.fill(outline);
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, head, height);
  ctx.clip();
  ctx.fillStyle = theme.wavePlayed;
  ctx.fill(outline);
  ctx.restore();
}

/** Through the middles of blocks: whatever moves, each stays at its moment. */
function outlineOf(
  { sampleRate, gain, scale }: Waveform,
  { samplesPerBlock, minima, maxima }: Peaks,
  height: number,
): Path2D {
  const path = new Path2D();
  const seconds = toSeconds(samplesPerBlock, sampleRate);
  // One more on either side, so that the outline does not begin or end within what shows.
  const first = Math.max(0, Math.floor(scale.start / seconds) - 1);
  const last = Math.min(maxima.length - 1, Math.ceil(visibleEnd(scale) / seconds) + 1);
  const middle = height / 2;
  const x = (block: number): number => xOf(scale, (block + 0.5) * seconds);
  const up = (block: number): number => Math.max(leastHalf, (maxima[block] ?? 0) * gain * middle);
  const down = (block: number): number =>
    Math.max(leastHalf, -(minima[block] ?? 0) * gain * middle);

  path.moveTo(xOf(scale, first * seconds), middle);
  for (let block = first; block <= last; block += 1) path.lineTo(x(block), middle - up(block));
  path.lineTo(xOf(scale, Math.min((last + 1) * seconds, scale.duration)), middle);
  for (let block = last; block >= first; block -= 1) path.lineTo(x(block), middle + down(block));
  path.closePath();
  return path;
}
