import { noSpeech, unsure } from '#shared/domain/label.ts';
import type { Track } from '#shared/domain/track.ts';
import type { EmotionLook } from '../../lib/emotion-look.ts';
import type { Surface } from '../../lib/canvas.ts';
import { emotionFill, hatchFill, type Fill } from '../../lib/fills.ts';
import type { Theme } from '../../lib/theme.ts';
import type { TimeScale } from '../../lib/time-scale.ts';
import { areaRuns, type AreaRun } from './areas.ts';
import type { SegmentBox } from './segment-boxes.ts';

export interface EmotionPicture {
  readonly track: Track;
  readonly scale: TimeScale;
  readonly boxes: readonly SegmentBox[];
  readonly looks: ReadonlyMap<string, EmotionLook>;
  readonly theme: Theme;
  /** The one label to bring out; null shows all alike. */
  readonly emphasis: string | null;
}

/** Stacked probability areas; hatching where nobody speaks; a veil where the model is unsure. */
export function paintEmotions({ ctx, width, height, ratio }: Surface, of: EmotionPicture): void {
  const { track, scale, looks, theme, emphasis } = of;
  const offset = -scale.start * scale.pxPerSecond;
  ctx.fillStyle = hatchFill(theme, ratio, offset);
  ctx.fillRect(0, 0, width, height);

  const fills = track.labels.map((label): Fill => {
    const look = looks.get(label);
    return look ? emotionFill(look, theme, ratio, offset) : theme.line;
  });
  for (const run of areaRuns(track, scale)) {
    clearUnder(ctx, run, height, theme);
    for (const [index, fill] of fills.entries()) {
      ctx.globalAlpha = emphasis === null || emphasis === track.labels[index] ? 1 : 0.16;
      ctx.fillStyle = fill;
      ctx.fill(areaPath(run, index, height));
    }
    ctx.globalAlpha = 1;
    drawSeams(ctx, run, height, theme);
  }
  for (const box of of.boxes) {
    if (box.segment.label === unsure) veil(ctx, box, height, theme);
    if (box.segment.label === noSpeech) nameSilence(ctx, box, height, theme);
  }
}

type Context = CanvasRenderingContext2D;

function clearUnder(ctx: Context, { xs }: AreaRun, height: number, theme: Theme): void {
  const left = xs[0] ?? 0;
  ctx.fillStyle = theme.stage;
  ctx.fillRect(left, 0, (xs.at(-1) ?? left) - left, height);
}

/** The outline of one label's area, the canvas growing downwards. */
function areaPath(run: AreaRun, label: number, height: number): Path2D {
  const upper = run.tops[label];
  const lower = run.tops[label - 1];
  const path = new Path2D();
  const points = run.xs.length;
  for (let point = 0; point < points; point += 1) {
    path.lineTo(run.xs[point] ?? 0, height * (1 - (upper?.[point] ?? 0)));
  }
  for (let point = points - 1; point >= 0; point -= 1) {
    path.lineTo(run.xs[point] ?? 0, height * (1 - (lower?.[point] ?? 0)));
  }
  path.closePath();
  return path;
}

/** Hairlines in the colour of the stage between the areas, so that neighbours part without an outline. */
function drawSeams(ctx: Context, run: AreaRun, height: number, theme: Theme): void {
  ctx.strokeStyle = theme.stage;
  ctx.lineWidth = 1;
  for (const tops of run.tops.slice(0, -1)) {
    ctx.beginPath();
    for (const [point, x] of run.xs.entries()) ctx.lineTo(x, height * (1 - (tops[point] ?? 0)));
    ctx.stroke();
  }
}

function veil(ctx: Context, { x, width }: SegmentBox, height: number, theme: Theme): void {
  ctx.globalAlpha = 0.62;
  ctx.fillStyle = theme.stage;
  ctx.fillRect(x, 0, width, height);
  ctx.globalAlpha = 1;
  write(ctx, unsure, x, width, height, theme);
}

function nameSilence(ctx: Context, { x, width }: SegmentBox, height: number, theme: Theme): void {
  write(ctx, noSpeech, x, width, height, theme);
}

/** A word in the middle of a stretch, on a clear ground, where there is room for it. */
function write(
  ctx: Context,
  word: string,
  x: number,
  width: number,
  height: number,
  theme: Theme,
): void {
  ctx.font = "500 11px 'Inter Variable', system-ui, sans-serif";
  const room = ctx.measureText(word).width + 12;
  const left = Math.max(x, 0);
  const right = Math.min(x + width, ctx.canvas.clientWidth);
  if (right - left < room + 8) return;
  const middle = (left + right) / 2;
  ctx.fillStyle = theme.stage;
  ctx.beginPath();
  ctx.roundRect(middle - room / 2, height / 2 - 10, room, 20, 4);
  ctx.fill();
  ctx.fillStyle = theme.inkSoft;
  ctx.textAlign = 'center';
  ctx.fillText(word, middle, height / 2 + 4);
  ctx.textAlign = 'start';
}
