import { noSpeech } from '#shared/domain/label.ts';
import type { Surface } from '../../lib/canvas.ts';
import type { EmotionLook } from '../../lib/emotion-look.ts';
import { emotionFill } from '../../lib/fills.ts';
import { boxTint } from '../../lib/strengths.ts';
import { hueOf, type Theme } from '../../lib/theme.ts';
import type { LabelBox } from './segment-boxes.ts';

export interface SegmentPicture {
  readonly boxes: readonly LabelBox[];
  readonly looks: ReadonlyMap<string, EmotionLook>;
  readonly theme: Theme;
  /** Where the recording begins, in pixels, so that patterns scroll along. */
  readonly offset: number;
  readonly emphasis: string | null;
  /** Whether `no speech` has a box: where a person says so it does, where the model does it is bare. */
  readonly silence: boolean;
}

const band = 6;
const margin = 5;

/** Boxes tinted in their hue under a patterned band; dashed where unsure, bare where silent. */
export function paintSegments(surface: Surface, picture: SegmentPicture): void {
  const { ctx, height } = surface;
  for (const [label, boxes] of byLabel(picture.boxes)) {
    if (label === noSpeech && !picture.silence) continue;
    const look = picture.looks.get(label);
    // A pixel of air between neighbours, as long as that leaves something to see.
    const air = (width: number): number => (width > 4 ? 1 : 0);
    const shapes = boxes.map(
      ({ x, width }) =>
        new DOMRect(x, margin, Math.max(1, width - air(width)), height - 2 * margin),
    );
    ctx.globalAlpha = picture.emphasis === null || picture.emphasis === label ? 1 : 0.2;
    if (look) paintEmotion(surface, shapes, look, picture);
    else for (const box of shapes) paintUnsure(ctx, box, picture.theme);
    ctx.globalAlpha = 1;
  }
}

/** Those of one label are filled together: hundreds of boxes one by one take longer than a frame. */
function byLabel(boxes: readonly LabelBox[]): ReadonlyMap<string, readonly LabelBox[]> {
  const labels = new Map<string, LabelBox[]>();
  for (const box of boxes) {
    const known = labels.get(box.label);
    if (known) known.push(box);
    else labels.set(box.label, [box]);
  }
  return labels;
}

/** A line under each box that is chosen; it shows also where boxes are too narrow for an outline. */
export function paintChosen(
  { ctx, height }: Surface,
  boxes: readonly LabelBox[],
  theme: Theme,
): void {
  ctx.fillStyle = theme.accent;
  for (const { x, width } of boxes) ctx.fillRect(x, height - 3, Math.max(1, width - 1), 3);
}

function paintEmotion(
  { ctx, ratio }: Surface,
  boxes: readonly DOMRect[],
  look: EmotionLook,
  { theme, offset }: SegmentPicture,
): void {
  const before = ctx.globalAlpha;
  const whole = new Path2D();
  const bands = new Path2D();
  for (const { x, y, width, height } of boxes) {
    const radius = radiusOf(width);
    whole.roundRect(x, y, width, height, radius);
    bands.roundRect(x, y, width, band, [radius, radius, 0, 0]);
  }
  ctx.fillStyle = theme.stage;
  ctx.fill(whole);
  ctx.fillStyle = hueOf(look, theme);
  ctx.globalAlpha = before * boxTint;
  ctx.fill(whole);
  ctx.globalAlpha = before;
  ctx.fillStyle = emotionFill(look, theme, ratio, offset);
  ctx.fill(bands);
}

/** Only an outline, and from afar only its upper side. */
function paintUnsure(ctx: CanvasRenderingContext2D, box: DOMRect, theme: Theme): void {
  ctx.strokeStyle = ctx.fillStyle = theme.inkSoft;
  if (box.width < 8) {
    ctx.fillRect(box.x, box.y, box.width, 1);
    return;
  }
  ctx.setLineDash([3, 3]);
  shape(ctx, new DOMRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1));
  ctx.stroke();
  ctx.setLineDash([]);
}

function shape(ctx: CanvasRenderingContext2D, { x, y, width, height }: DOMRect): void {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, radiusOf(width));
}

function radiusOf(width: number): number {
  return Math.min(4, width / 3);
}
