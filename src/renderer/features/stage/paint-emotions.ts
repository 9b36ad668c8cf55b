import { isEmotion, noSpeech } from '#shared/domain/label.ts';
import type { Track } from '#shared/domain/track.ts';
import type { EmotionLook } from '../../lib/emotion-look.ts';
import type { Surface } from '../../lib/canvas.ts';
import { emotionFill, hatchFill } from '../../lib/fills.ts';
import { areaStrength } from '../../lib/strengths.ts';
import type { Theme } from '../../lib/theme.ts';
import type { TimeScale } from '../../lib/time-scale.ts';
import { areaRuns, type AreaRun } from './areas.ts';
import type { LabelBox } from './segment-boxes.ts';

export interface EmotionPicture {
  readonly track: Track;
  readonly scale: TimeScale;
  readonly boxes: readonly LabelBox[];
  readonly looks: ReadonlyMap<string, EmotionLook>;
  readonly theme: Theme;
  /** The one label to bring out; null shows all alike. */
  readonly emphasis: string | null;
}

/** Strength of areas that are not what their segments are called, or not the one brought out; and from afar. */
const beside = 0.4;
const aside = 0.14;
const fromAfar = 0.8;
/** A stretch narrower than this, in pixels, has nothing written on it. */
const leastWord = 40;

/**
 * Stacked probability areas, each strong only where it is what the segment under it is called: a stretch
 * without a strong colour is one where the model is unsure. Hatching where nobody speaks.
 */
export function paintEmotions(surface: Surface, picture: EmotionPicture): void {
  const { ctx, width, height, ratio } = surface;
  const { track, scale, theme } = picture;
  const offset = patternOffset(scale);
  ctx.fillStyle = hatchFill(theme, ratio, offset);
  ctx.fillRect(0, 0, width, height);

  const spoken = picture.boxes.filter(({ label }) => label !== noSpeech);
  // Segments too narrow to be told apart cannot say which area is theirs; from afar all are alike.
  const far = spoken.length > width / 10;
  const runs = areaRuns(track, scale);
  ctx.save();
  // Cells are half a second or so; segments know to the sample where speech begins and ends.
  if (!far) clipTo(ctx, spoken, height);
  for (const run of runs) clearUnder(ctx, run, height, theme);
  paintAreas(surface, picture, runs, far ? [] : spoken);
  // From afar seams would be most of the picture.
  if (track.hopSeconds * scale.pxPerSecond > 4) drawSeams(ctx, runs, height, theme);
  ctx.restore();

  for (const box of picture.boxes) {
    if (!isEmotion(box.label)) write(surface, box, theme);
  }
}

/** Where the recording begins, in pixels, so that patterns scroll along with it. */
export function patternOffset(scale: TimeScale): number {
  return -scale.start * scale.pxPerSecond;
}

/** @param spoken segments to bring out what they are called; none shows all areas alike */
function paintAreas(
  { ctx, height, ratio }: Surface,
  { track, scale, looks, theme, emphasis }: EmotionPicture,
  runs: readonly AreaRun[],
  spoken: readonly LabelBox[],
): void {
  const strong = areaStrength[theme.name];
  const weak = spoken.length > 0 ? beside : fromAfar;
  for (const [index, label] of track.labels.entries()) {
    const look = looks.get(label);
    const area = areaPath(runs, index, height);
    ctx.fillStyle = look ? emotionFill(look, theme, ratio, patternOffset(scale)) : theme.line;
    if (emphasis === null) ctx.globalAlpha = weak;
    else ctx.globalAlpha = emphasis === label ? strong : aside;
    ctx.fill(area);
    if (emphasis !== null) continue;
    // On top of what is there already, so that both together come to `strong`.
    ctx.globalAlpha = Math.max(0, 1 - (1 - strong) / (1 - weak));
    ctx.save();
    clipTo(
      ctx,
      spoken.filter((box) => box.label === label),
      height,
    );
    ctx.fill(area);
    ctx.restore();
  }
  ctx.globalAlpha = 1;
}

type Context = CanvasRenderingContext2D;

function clearUnder(ctx: Context, { xs }: AreaRun, height: number, theme: Theme): void {
  const left = xs[0] ?? 0;
  ctx.fillStyle = theme.stage;
  ctx.fillRect(left, 0, (xs.at(-1) ?? left) - left, height);
}

/** The outlines of one label's areas, the canvas growing downwards. */
function areaPath(runs: readonly AreaRun[], label: number, height: number): Path2D {
  const path = new Path2D();
  for (const { xs, tops } of runs) {
    const upper = tops[label];
    const lower = tops[label - 1];
    const y = (heights: Float32Array | undefined, point: number): number =>
      height * (1 - (heights?.[point] ?? 0));
    path.moveTo(xs[0] ?? 0, y(lower, 0));
    for (const [point, x] of xs.entries()) path.lineTo(x, y(upper, point));
    for (let point = xs.length - 1; point >= 0; point -= 1) {
      path.lineTo(xs[point] ?? 0, y(lower, point));
    }
    path.closePath();
  }
  return path;
}

/** Lets only what lies over the boxes be painted. */
function clipTo(ctx: Context, boxes: readonly LabelBox[], height: number): void {
  ctx.beginPath();
  for (const { x, width } of boxes) ctx.rect(x, 0, width, height);
  ctx.clip();
}

/** Hairlines in the colour of the stage between the areas, so that neighbours part without an outline. */
function drawSeams(ctx: Context, runs: readonly AreaRun[], height: number, theme: Theme): void {
  ctx.strokeStyle = theme.stage;
  ctx.beginPath();
  for (const { xs, tops } of runs) {
    for (const heights of tops.slice(0, -1)) {
      ctx.moveTo(xs[0] ?? 0, height * (1 - (heights[0] ?? 0)));
      for (const [point, x] of xs.entries()) ctx.lineTo(x, height * (1 - (heights[point] ?? 0)));
    }
  }
  ctx.stroke();
}

/** What a stretch is called, in its middle on a clear ground, where there is room for it. */
function write(
  { ctx, width: surfaceWidth, height }: Surface,
  { label, x, width }: LabelBox,
  theme: Theme,
): void {
  const left = Math.max(x, 0);
  const right = Math.min(x + width, surfaceWidth);
  // No word fits; hundreds that do not need not be measured in every frame.
  if (right - left < leastWord) return;
  ctx.font = "500 11px 'Inter Variable', system-ui, sans-serif";
  const room = ctx.measureText(label).width + 12;
  if (right - left < room + 8) return;
  const middle = (left + right) / 2;
  ctx.fillStyle = theme.stage;
  ctx.beginPath();
  ctx.roundRect(middle - room / 2, height / 2 - 10, room, 20, 4);
  ctx.fill();
  ctx.fillStyle = theme.inkSoft;
  ctx.textAlign = 'center';
  ctx.fillText(label, middle, height / 2 + 4);
  ctx.textAlign = 'start';
}
