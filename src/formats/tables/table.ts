/** What a column of a table holds; `number` has six decimals, as in an emotion CSV. */
export interface Column {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'integer';
}

/** null where a row has nothing to say. */
export type Cell = string | number | null;

/** Cells in the order of the columns. */
export type Row = readonly Cell[];
