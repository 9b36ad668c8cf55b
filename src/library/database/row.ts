import { UndertoneError } from '#shared/contract/errors.ts';
import type { Row } from './connection.ts';

/*
 * Cells with their type checked. The tables are STRICT, and all of them are read when a project is opened: a cell
 * of another type is damage that came later, and is found at the next opening, which recovers.
 */

export function text(row: Row, column: string): string {
  const cell = row[column];
  if (typeof cell !== 'string') throw wrongCell(column);
  return cell;
}

export function number(row: Row, column: string): number {
  const cell = row[column];
  if (typeof cell !== 'number') throw wrongCell(column);
  return cell;
}

/**
 * A cell with JSON text, checked against a schema of the domain. Damage that SQLite cannot see, a flipped bit
 * in the text, makes it no JSON; what is stored so is derived or told in passing, and must not keep all else
 * from being read.
 *
 * @param otherwise what a cell counts as that cannot be read
 */
export function json<T>(
  row: Row,
  column: string,
  schema: {
    readonly safeParse: (
      value: unknown,
    ) => { readonly success: true; readonly data: T } | { readonly success: false };
  },
  otherwise: T,
): T {
  const parsed = schema.safeParse(parse(text(row, column)));
  return parsed.success ? parsed.data : otherwise;
}

/** A cell with a JSON list of numbers, empty where it cannot be read; checked by hand, for there are thousands. */
export function numbers(row: Row, column: string): readonly number[] {
  const list = parse(text(row, column));
  return Array.isArray(list) && list.every((item) => typeof item === 'number') ? list : [];
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    // No JSON is no value that any schema takes.
    return undefined;
  }
}

export function isNull(row: Row, column: string): boolean {
  return row[column] === null;
}

function wrongCell(column: string): UndertoneError {
  const detail = `an entry of its database has no ${column} that can be read`;
  return new UndertoneError('project-damaged', { subject: 'that is open', detail });
}
