import Papa from 'papaparse';
import { guardFormula } from '../formula-guard.ts';
import type { Cell, Column, Row } from './table.ts';

/** RFC 4180. */
const newline = '\r\n';

/** The text of a CSV in pieces, one for each batch of rows: memory does not grow with its length. */
export async function* csvTable(
  columns: readonly Column[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string, void, undefined> {
  yield csvHeading(columns);
  for await (const rows of batches) yield csvLines(columns, rows);
}

export function csvHeading(columns: readonly Column[]): string {
  return unparse([columns.map(({ name }) => guardFormula(name))]);
}

/** The lines of rows; of no rows, nothing. */
export function csvLines(columns: readonly Column[], rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  return unparse(
    rows.map((row) => columns.map((column, index) => format(row[index] ?? null, column))),
  );
}

function format(cell: Cell, { kind }: Column): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return guardFormula(cell);
  return kind === 'integer' ? String(cell) : cell.toFixed(6);
}

function unparse(rows: string[][]): string {
  return Papa.unparse(rows, { newline }) + newline;
}
