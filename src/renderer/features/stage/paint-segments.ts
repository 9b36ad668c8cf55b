import { noSpeech } from '#shared/domain/label.ts';
import type { Surface } from '../../lib/canvas.ts';
import type { EmotionLook } from '../../lib/emotion-look.ts';
import { emotionFill } from '../../lib/fills.ts';
import { hueOf, type Theme } from '../../lib/theme.ts';
import type { SegmentBox } from './segment-boxes.ts';

export interface SegmentPicture {
  readonly boxes: readonly SegmentBox[];
  readonly looks: ReadonlyMap<string, EmotionLook>;
  readonly theme: Theme;
  /** Where the recording begins, in pixels, so that patterns scroll along. */
  readonly offset: number;
  readonly emphasis: string | null;
}

/** How much of its hue a box takes on; text on it keeps 4.5:1 (test/renderer/emotion-look.test.ts). */
export const tint = 0.2;
const edge = 5;
const margin = 6;

/** Boxes tinted in their hue, with a patterned edge at the start; dashed where unsure, bare where silent. */
export function paintSegments(surface: Surface, of: SegmentPicture): void {
  const { ctx, height } = surface;
  for (const { segment, x, width } of of.boxes) {
    if (segment.label === noSpeech) continue;
    const look = of.looks.get(segment.label);
    // A pixel of air between neighbours, as long as that leaves something to see.
    const box = new DOMRect(
      x,
      margin,
      Math.max(1, width - (width > 4 ? 1 : 0)),
      height - 2 * margin,
    );
    ctx.globalAlpha = of.emphasis === null || of.emphasis === segment.label ? 1 : 0.2;
    if (look) paintEmotion(surface, box, look, of);
    else outline(ctx, box, of.theme.inkSoft, [3, 3]);
    ctx.globalAlpha = 1;
  }
}

function paintEmotion(
  { ctx, ratio }: Surface,
  box: DOMRect,
  look: EmotionLook,
  { theme, offset }: SegmentPicture,
): void {
  const before = ctx.globalAlpha;
  ctx.save();
  shape(ctx, box);
  ctx.clip();
  if (box.width > edge * 2) {
    ctx.globalAlpha = before * tint;
    ctx.fillStyle = hueOf(look, theme);
    ctx.fillRect(box.x, box.y, box.width, box.height);
    ctx.globalAlpha = before;
  }
  ctx.fillStyle = emotionFill(look, theme, ratio, offset);
  ctx.fillRect(box.x, box.y, box.width > edge * 2 ? edge : box.width, box.height);
  ctx.restore();
}

function outline(
  ctx: CanvasRenderingContext2D,
  box: DOMRect,
  colour: string,
  dashes: readonly number[],
): void {
  ctx.strokeStyle = colour;
  ctx.setLineDash([...dashes]);
  shape(ctx, new DOMRect(box.x + 0.5, box.y + 0.5, Math.max(0, box.width - 1), box.height - 1));
  ctx.stroke();
  ctx.setLineDash([]);
}

function shape(ctx: CanvasRenderingContext2D, { x, y, width, height }: DOMRect): void {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, Math.min(4, width / 3));
}
