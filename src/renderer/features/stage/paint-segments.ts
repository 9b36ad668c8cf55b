import { noSpeech } from '#shared/domain/label.ts';
import type { Surface } from '../../lib/canvas.ts';
import type { EmotionLook } from '../../lib/emotion-look.ts';
import { boxTint, emotionFill } from '../../lib/fills.ts';
import { hueOf, type Theme } from '../../lib/theme.ts';
import type { LabelBox } from './segment-boxes.ts';

export interface SegmentPicture {
  readonly boxes: readonly LabelBox[];
  readonly looks: ReadonlyMap<string, EmotionLook>;
  readonly theme: Theme;
  /** Where the recording begins, in pixels, so that patterns scroll along. */
  readonly offset: number;
  readonly emphasis: string | null;
}

const band = 6;
const margin = 6;

/** Boxes tinted in their hue under a patterned band; dashed where unsure, bare where silent. */
export function paintSegments(surface: Surface, picture: SegmentPicture): void {
  const { ctx, height } = surface;
  for (const { label, x, width } of picture.boxes) {
    if (label === noSpeech) continue;
    const look = picture.looks.get(label);
    // A pixel of air between neighbours, as long as that leaves something to see.
    const wide = Math.max(1, width - (width > 4 ? 1 : 0));
    const box = new DOMRect(x, margin, wide, height - 2 * margin);
    ctx.globalAlpha = picture.emphasis === null || picture.emphasis === label ? 1 : 0.2;
    if (look) paintEmotion(surface, box, look, picture);
    else paintUnsure(ctx, box, picture.theme);
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
  ctx.fillStyle = theme.stage;
  ctx.fillRect(box.x, box.y, box.width, box.height);
  ctx.fillStyle = hueOf(look, theme);
  ctx.globalAlpha = before * boxTint;
  ctx.fillRect(box.x, box.y + band, box.width, box.height - band);
  ctx.globalAlpha = before;
  ctx.fillStyle = emotionFill(look, theme, ratio, offset);
  ctx.fillRect(box.x, box.y, box.width, band);
  ctx.restore();
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
  ctx.roundRect(x, y, width, height, Math.min(4, width / 3));
}
