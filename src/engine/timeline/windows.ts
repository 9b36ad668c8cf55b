import { spanLength, type Span } from '#shared/domain/time.ts';

/** What one prediction hears. */
export interface Window extends Span {
  /** The cell of the track that its answer is for. */
  readonly cell: number;
}

export interface Grid {
  readonly hop: number;
  readonly window: number;
  /** Length of the recording; all in samples of one rate. */
  readonly samples: number;
}

export function cellCount({ samples, hop }: Grid): number {
  return Math.ceil(samples / hop);
}

/** The part of a cell that is speech, 0 to 1, for each cell of the grid. */
export function speechShares(stretches: readonly Span[], grid: Grid): Float32Array {
  const shares = new Float32Array(cellCount(grid));
  for (const stretch of stretches) {
    for (const cell of cellsUnder(stretch, grid)) {
      const span = cellSpan(cell, grid);
      shares[cell] = (shares[cell] ?? 0) + overlap(stretch, span) / spanLength(span);
    }
  }
  return shares;
}

/**
 * A window for every cell that holds speech. It is centred on its cell, but never reaches beyond the
 * stretch of speech that the cell belongs to: what comes after a pause may be another mood or another
 * speaker. At the edges of a stretch it slides inwards rather than shrinks.
 */
export function planWindows(stretches: readonly Span[], grid: Grid): readonly Window[] {
  const windows = new Map<number, Window & { readonly heard: number }>();
  for (const stretch of stretches) {
    for (const cell of cellsUnder(stretch, grid)) {
      const heard = overlap(stretch, cellSpan(cell, grid));
      if (heard > (windows.get(cell)?.heard ?? 0)) {
        windows.set(cell, { cell, heard, ...windowInside(stretch, cell, grid) });
      }
    }
  }
  return [...windows.values()].map(({ cell, start, end }) => ({ cell, start, end }));
}

function cellSpan(cell: number, { hop, samples }: Grid): Span {
  return { start: cell * hop, end: Math.min(samples, (cell + 1) * hop) };
}

export function cellsUnder(span: Span, grid: Grid): readonly number[] {
  const first = Math.floor(span.start / grid.hop);
  const last = Math.min(cellCount(grid), Math.ceil(span.end / grid.hop));
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

function windowInside(stretch: Span, cell: number, { hop, window }: Grid): Span {
  const length = Math.min(window, spanLength(stretch));
  const centred = Math.round((cell + 0.5) * hop - length / 2);
  const start = Math.min(Math.max(centred, stretch.start), stretch.end - length);
  return { start, end: start + length };
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
