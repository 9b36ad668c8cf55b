import type { z } from 'zod';
import type { Checker } from './check.ts';
import { refuse } from './refuse.ts';
import { createLineCounter } from './text.ts';

/**
 * @param where what the text is of, like "line 3"; empty for the whole file
 * @throws UndertoneError annotations-unreadable, with the line where it stops being JSON
 */
export function parseJson(text: string, file: string, where = ''): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = Number(/position (\d+)/u.exec(error.message)?.[1] ?? text.length);
    const line = where || `line ${createLineCounter(text)(position)}`;
    return refuse(file, line, 'this is not JSON', error);
  }
}

/** The value where it has the form of the schema, else refused with the place where it has not. */
export function parseAs<T>(schema: z.ZodType<T>, value: unknown, file: string, where = ''): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [reason, path] = problemOf(error);
  const place = [where, path].filter((part) => part !== '').join(', ');
  return refuse(file, place || 'the beginning', reason, error);
}

/** A row where it has the form of the schema; null once what is wrong with it has been noted. */
export function checkAs<T>(
  schema: z.ZodType<T>,
  row: unknown,
  where: string,
  checker: Checker,
): T | null {
  const { success, data, error } = schema.safeParse(row);
  if (success) return data;
  checker.note(where, ...problemOf(error));
  return null;
}

/** The first thing that does not fit a schema, and where in the value it is. */
function problemOf({ issues: [issue] }: z.ZodError): readonly [reason: string, path: string] {
  return [issue?.message.toLowerCase() ?? 'unexpected', issue?.path.map(String).join('.') ?? ''];
}
