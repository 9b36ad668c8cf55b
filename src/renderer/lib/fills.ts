import { patternOpacity, patternTile } from './patterns.ts';
import type { EmotionLook } from './emotion-look.ts';
import { hueOf, type Theme } from './theme.ts';

type Fill = CanvasPattern | string;

/**
 * A look as something a canvas can fill with, in hue and pattern. `offset` moves the pattern with what it
 * fills, so that it scrolls along instead of swimming underneath.
 */
export function emotionFill(look: EmotionLook, theme: Theme, ratio: number, offset: number): Fill {
  const hue = hueOf(look, theme);
  const { size, path, drawn } = patternTile(look.pattern);
  const tile = tileOnce(`${look.pattern} ${hue} ${theme.stage} ${ratio}`, size * ratio, (ctx) => {
    ctx.scale(ctx.canvas.width / size, ctx.canvas.height / size);
    ctx.fillStyle = hue;
    ctx.fillRect(0, 0, size, size);
    ctx.globalAlpha = patternOpacity;
    if (drawn === 'fill') fillPath(ctx, path, theme.stage);
    else strokePath(ctx, path, theme.stage);
  });
  return repeated(tile, size, offset) ?? hue;
}

/** Fine slanted lines on the bare stage: nobody speaks here. */
export function hatchFill(theme: Theme, ratio: number, offset: number): Fill {
  const size = 8;
  const tile = tileOnce(`hatch ${theme.hatch} ${ratio}`, size * ratio, (ctx) => {
    ctx.scale(ctx.canvas.width / size, ctx.canvas.height / size);
    strokePath(ctx, 'M-2 2L2 -2M-2 10L10 -2M6 10L10 6', theme.hatch);
  });
  return repeated(tile, size, offset) ?? theme.hatch;
}

const tiles = new Map<string, HTMLCanvasElement>();

/** Two themes and one or two screens make a few dozen tiles at most, so none is ever thrown away. */
function tileOnce(
  key: string,
  pixels: number,
  draw: (ctx: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const known = tiles.get(key);
  if (known) return known;
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(pixels);
  const ctx = tile.getContext('2d');
  if (ctx) draw(ctx);
  tiles.set(key, tile);
  return tile;
}

function repeated(tile: HTMLCanvasElement, size: number, offset: number): CanvasPattern | null {
  const pattern = tile.getContext('2d')?.createPattern(tile, 'repeat') ?? null;
  const scale = size / tile.width;
  pattern?.setTransform(new DOMMatrix([scale, 0, 0, scale, offset % size, 0]));
  return pattern;
}

function fillPath(ctx: CanvasRenderingContext2D, path: string, colour: string): void {
  ctx.fillStyle = colour;
  ctx.fill(new Path2D(path));
}

function strokePath(ctx: CanvasRenderingContext2D, path: string, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.stroke(new Path2D(path));
}
