import type { Surface } from '../../lib/canvas.ts';
import { coarser, type ShownTile } from './spectrogram-plan.ts';
import type { Tiles } from './tiles.ts';

/**
 * Paints the tiles that show; where one has not come yet, what coarser ones know of its stretch.
 *
 * @param picture see `tile-pictures.ts`
 */
export function paintSpectrogram(
  { ctx, height, ratio }: Surface,
  shown: readonly ShownTile[],
  levels: number,
  find: Tiles['find'],
  picture: (bytes: Uint8Array) => OffscreenCanvas | null,
): void {
  // To whole pixels of the screen, so that no seam shows between tiles.
  const sharp = (x: number): number => Math.round(x * ratio) / ratio;
  for (const tile of shown) {
    const [left, right] = [sharp(tile.x), sharp(tile.x + tile.width)];
    for (let up = 0; tile.level + up < levels; up += 1) {
      const part = coarser(tile, up);
      const bytes = find(part);
      const image = bytes && picture(bytes);
      if (!image) continue;
      const columns = Math.min(part.columns, image.width - part.from);
      if (columns > 0) {
        ctx.drawImage(
          ...([image, part.from, 0, columns, image.height] as const),
          ...([left, 0, right - left, height] as const),
        );
      }
      break;
    }
  }
}
