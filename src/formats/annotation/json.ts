import type { z } from 'zod';
import type { Checker } from './check.ts';
import { refuse } from './refuse.ts';
import { createLineCounter } from './text.ts';

/** No format nests nearly as deep; parsing millions of open brackets takes a second. */
const maxDepth = 64;

/**
 * @param where what the text is of, like "line 3"; empty for the whole file
 * @throws UndertoneError annotations-unreadable, with the line where it stops being JSON
 */
export function parseJson(text: string, file: string, where = ''): unknown {
  const deep = findDeep(text);
  if (deep >= 0) {
    const line = where || `line ${createLineCounter(text)(deep)}`;
    refuse(file, line, `values are more than ${maxDepth} deep`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = Number(/position (\d+)/u.exec(error.message)?.[1] ?? text.length);
    const line = where || `line ${createLineCounter(text)(position)}`;
    return refuse(file, line, 'this is not JSON', error);
  }
}

/** Where the text opens more brackets within one another than a file may; -1 where it does not. */
function findDeep(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') quoted = !quoted;
    else if (quoted) index += sign === '\\' ? 1 : 0;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > maxDepth) return index;
  }
  return -1;
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
