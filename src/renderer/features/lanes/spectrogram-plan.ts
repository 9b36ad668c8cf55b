import { levelStep, tileColumns, type Spectrogram } from '#shared/domain/views.ts';
import { visibleEnd, xOf, type TimeScale } from '../../lib/time-scale.ts';
import type { TilePlace } from './tiles.ts';

/** A tile that shows, from where to where on the screen. */
export interface ShownTile extends TilePlace {
  /** How many it has. */
  readonly columns: number;
  readonly x: number;
  readonly width: number;
}

/** Columns may lie this close in pixels before the next level is taken. */
const leastColumn = 0.5;

/** The level whose columns are about as wide as pixels, and its tiles that show. */
export function shownTiles(spectrogram: Spectrogram, scale: TimeScale): readonly ShownTile[] {
  const { columns } = spectrogram;
  const level = levelFor(spectrogram, scale);
  const columnSeconds = secondsOf(spectrogram, level);
  const secondsEach = tileColumns * columnSeconds;
  const first = Math.floor(scale.start / secondsEach);
  const end = Math.min(
    Math.ceil(visibleEnd(scale) / secondsEach),
    Math.ceil((columns[level] ?? 0) / tileColumns),
  );
  return Array.from({ length: Math.max(0, end - first) }, (_, at) => {
    const tile = first + at;
    const shown = Math.min(tileColumns, (columns[level] ?? 0) - tile * tileColumns);
    const x = xOf(scale, tile * secondsEach);
    return { level, tile, columns: shown, x, width: shown * columnSeconds * scale.pxPerSecond };
  });
}

/** The point of the picture at a second and a place on the frequency axis: a tile, and the byte of it. */
export function pointAt(
  spectrogram: Spectrogram,
  scale: TimeScale,
  { seconds, place }: { readonly seconds: number; readonly place: number },
): TilePlace & { readonly byte: number } {
  const level = levelFor(spectrogram, scale);
  const column = Math.floor(seconds / secondsOf(spectrogram, level));
  const tile = Math.floor(column / tileColumns);
  const row = Math.min(spectrogram.rows - 1, Math.floor(place * spectrogram.rows));
  return { level, tile, byte: (column - tile * tileColumns) * spectrogram.rows + row };
}

function levelFor(spectrogram: Spectrogram, { pxPerSecond }: TimeScale): number {
  const { columns } = spectrogram;
  const isWide = (_: number, level: number): boolean =>
    secondsOf(spectrogram, level) * pxPerSecond >= leastColumn;
  const fitting = columns.findIndex(isWide);
  return fitting < 0 ? columns.length - 1 : fitting;
}

/** Length of a column of a level. */
function secondsOf({ columnSeconds }: Spectrogram, level: number): number {
  return columnSeconds * levelStep ** level;
}

/** A part of a tile of a coarser level. */
export interface TilePart extends TilePlace {
  /** In columns of that tile. */
  readonly from: number;
  readonly columns: number;
}

/** Where the same stretch is to be found `up` levels further up. */
export function coarser({ level, tile, columns }: ShownTile, up: number): TilePart {
  const step = levelStep ** up;
  const first = (tile * tileColumns) / step;
  const at = Math.floor(first / tileColumns);
  return { level: level + up, tile: at, from: first - at * tileColumns, columns: columns / step };
}
