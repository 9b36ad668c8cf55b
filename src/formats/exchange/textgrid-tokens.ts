import { limits, refuse } from '../annotation/refuse.ts';
import { createLineCounter, parseNumber } from '../annotation/text.ts';

/** Tokens of a Praat text file, each asked for by what it must be. */
export interface PraatTokens {
  readonly number: () => number;
  readonly string: () => string;
  readonly flag: () => string;
  /** Where the token is that was read last, for words about it. */
  readonly where: () => string;
}

/**
 * Reads a Praat text file as Praat itself does: only free-standing numbers, quoted strings and `<flags>`
 * count; names, equals signs and indices between them are for people, `!` begins a comment. So the long and
 * the short form are one format.
 */
export function praatTokens(text: string, file: string): PraatTokens {
  const lineAt = createLineCounter(text);
  let start = 0;
  let end = 0;
  const where = (): string => `line ${lineAt(start)}`;
  const next = (wanted: string): string => {
    for (;;) {
      start = skipSpace(text, end);
      if (start === text.length) refuse(file, where(), `the file ends where ${wanted} should be`);
      end = findEnd(text, start);
      if (end < 0) refuse(file, where(), 'a text begins here that does not end, or is too long');
      const found = text.slice(start, end);
      if (isToken(found)) return found;
      if (/^[+-]?[\d.,]/u.test(found)) refuse(file, where(), `${found.slice(0, 40)} is no number`);
    }
  };
  const wrong = (wanted: string, found: string): never =>
    refuse(file, where(), `${wanted} should be where ${found.slice(0, 40)} is`);
  return {
    where,
    number: () => {
      const found = next('a number');
      const value = parseNumber(found);
      return Number.isNaN(value) ? wrong('a number', found) : value;
    },
    string: () => {
      const found = next('a text in quotes');
      return found.startsWith('"')
        ? found.slice(1, -1).replaceAll('""', '"')
        : wrong('a text in quotes', found);
    },
    flag: () => {
      const found = next('<exists>');
      return found.startsWith('<') ? found : wrong('<exists>', found);
    },
  };
}

function skipSpace(text: string, from: number): number {
  // ELAN and others do not always set an equals sign apart.
  const other = /[^\s=]/gu;
  other.lastIndex = from;
  return other.exec(text)?.index ?? text.length;
}

/** Where the word, string or comment ends that begins at `from`; -1 where a string does not. */
function findEnd(text: string, from: number): number {
  if (text[from] === '"') return findQuote(text, from);
  const rest = text[from] === '!' ? /[^\r\n]*/uy : /[^\s"=]+/uy;
  rest.lastIndex = from;
  return from + (rest.exec(text)?.[0].length ?? 0);
}

/** A quote within a string is doubled. */
function findQuote(text: string, from: number): number {
  for (let at = from + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || at - from > 2 * limits.labelLength) return -1;
    if (text[at + 1] !== '"') return at + 1;
  }
}

function isToken(text: string): boolean {
  return text.startsWith('"') || /^<.*>$/u.test(text) || !Number.isNaN(parseNumber(text));
}
