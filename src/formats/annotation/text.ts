import { limits, refuse } from './refuse.ts';

const lineBreak = /\r\n?|\n/gu;

/**
 * The text of a file in UTF-8, or in UTF-16 where a byte order mark says so.
 * @throws UndertoneError annotations-unreadable naming the line that is no text
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  // Blank lines alone would keep readers busy for long, and hold nothing.
  let lines = 0;
  for (const byte of bytes) if (byte === 0x0a || byte === 0x0d) lines += 1;
  if (lines > limits.lines) refuse(file, '', `it has ${lines} lines`);
  const encoding = encodingOf(bytes);
  const text = tryDecode(bytes, encoding);
  if (text === null) {
    const readable = new TextDecoder(encoding).decode(bytes);
    const line = createLineCounter(readable)(Math.max(0, readable.indexOf('\uFFFD')));
    return refuse(file, `line ${line}`, `this is not ${encoding.toUpperCase()} text`);
  }
  const binary = text.indexOf('\0');
  if (binary >= 0) refuse(file, `line ${createLineCounter(text)(binary)}`, 'this is not text');
  return text;
}

/** Null where the bytes are not text of that encoding. The byte order mark is taken off. */
export function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** Tells the line of places in a text, counted from 1; cheap where they are asked for in order. */
export function createLineCounter(text: string): (index: number) => number {
  let line = 1;
  let counted = 0;
  return (index) => {
    if (index < counted) [line, counted] = [1, 0];
    line += text.slice(counted, index).match(lineBreak)?.length ?? 0;
    counted = index;
    return line;
  };
}

/** One after the other with their numbers, whichever way they are broken. */
export function* linesOf(text: string): Generator<readonly [line: number, text: string]> {
  let line = 1;
  let from = 0;
  for (const {
    index,
    0: { length },
  } of text.matchAll(lineBreak)) {
    yield [line, text.slice(from, index)];
    line += 1;
    from = index + length;
  }
  if (from < text.length) yield [line, text.slice(from)];
}

/** A number as people and programs write it, also with a comma for the point; NaN where it is none. */
export function parseNumber(text: string): number {
  return /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?$/iu.test(text)
    ? Number(text.replace(',', '.'))
    : Number.NaN;
}

/** A number with all its digits and without an exponent, which some readers do not know; not negative. */
export function formatExact(value: number): string {
  const short = String(value);
  const [mantissa = '', exponent] = short.split('e-');
  if (exponent === undefined) return short;
  return `0.${'0'.repeat(Number(exponent) - 1)}${mantissa.replace('.', '')}`;
}
