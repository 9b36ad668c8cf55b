import type { ColourRamp } from '../../lib/colour-ramp.ts';
import { rampSteps } from '../../lib/colour-ramp.ts';

/** How far below the loudest something is still told from silence, in half decibels. */
const shownRange = 130;

/** Tiles as pictures, one pixel a point, the highest frequency on top; each is drawn once. */
export function createTilePictures(
  rows: number,
  loudest: number,
  ramp: ColourRamp,
): (bytes: Uint8Array) => OffscreenCanvas | null {
  const palette = paletteOf(loudest, ramp);
  const pictures = new WeakMap<Uint8Array, OffscreenCanvas>();

  return (bytes) => {
    const columns = bytes.length / rows;
    if (columns < 1) return null;
    const known = pictures.get(bytes);
    if (known) return known;
    const picture = new OffscreenCanvas(columns, rows);
    const pixels = new Uint32Array(columns * rows);
    for (let column = 0; column < columns; column += 1) {
      for (let row = 0; row < rows; row += 1) {
        pixels[(rows - 1 - row) * columns + column] = palette[bytes[column * rows + row] ?? 0] ?? 0;
      }
    }
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), columns, rows);
    picture.getContext('2d')?.putImageData(image, 0, 0);
    pictures.set(bytes, picture);
    return picture;
  };
}

/** The colour of each byte, as the four bytes of a pixel. */
function paletteOf(loudest: number, ramp: ColourRamp): Uint32Array {
  const colours = new Uint32Array(ramp.buffer);
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    const share = Math.min(1, Math.max(0, 1 - (loudest - byte) / shownRange));
    return colours[Math.round(share * (rampSteps - 1))] ?? 0;
  });
}
