import type { Row } from './connection.ts';

/*
 * Cells with their type checked. The tables are STRICT, so a cell of another type is a mistake in a query
 * (or in the schema) and no state that a person can meet.
 */

export function text(row: Row, column: string): string {
  const cell = row[column];
  if (typeof cell !== 'string') throw wrongCell(column, cell);
  return cell;
}

export function number(row: Row, column: string): number {
  const cell = row[column];
  if (typeof cell !== 'number') throw wrongCell(column, cell);
  return cell;
}

/** A cell with JSON text, checked against a schema of the domain. */
export function json<T>(
  row: Row,
  column: string,
  schema: { readonly parse: (value: unknown) => T },
): T {
  return schema.parse(JSON.parse(text(row, column)));
}

export function isNull(row: Row, column: string): boolean {
  return row[column] === null;
}

function wrongCell(column: string, cell: unknown): Error {
  return new Error(`The column ${column} holds ${typeof cell}.`);
}
