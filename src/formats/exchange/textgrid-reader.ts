import type { Checker } from '../annotation/check.ts';
import type { AnnotationContent, AnnotationItem, AnnotationTier } from '../annotation/document.ts';
import { stemOf, type AnnotationSource } from '../annotation/format.ts';
import { limits, refuse } from '../annotation/refuse.ts';
import { decodeText, tryDecode } from '../annotation/text.ts';
import { praatTokens, type PraatTokens } from './textgrid-tokens.ts';

/** Praat before 2009 wrote Latin-1, and still does where a person asks for it. */
const latin1Loss =
  'The file is not in Unicode; it was read as Latin-1, which old versions of Praat wrote.';

/** Reads a TextGrid in Praat's long or short text form. Intervals without text are gaps, as in Praat. */
export function readTextGrid({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const { text, losses } = decode(bytes, file);
  const tokens = praatTokens(text, file);
  readHeading(tokens, file);
  tokens.number();
  const seconds = tokens.number();
  if (!(seconds >= 0 && seconds <= limits.seconds)) {
    refuse(file, 'the heading', `no recording is ${seconds} s long`);
  }
  const exists = tokens.flag() === '<exists>';
  const count = exists ? tokens.number() : 0;
  if (count > limits.tiers) refuse(file, tokens.where(), `no file has ${count} tiers`);

  const tiers: AnnotationTier[] = [];
  while (tiers.length < count) tiers.push(readTier(tokens, checker, file));
  return { document: { recordings: [{ name: stemOf(file), seconds, tiers }] }, losses };
}

function decode(bytes: Uint8Array, file: string): { text: string; losses: readonly string[] } {
  const binary = 'ooBinaryFile';
  if (new TextDecoder('latin1').decode(bytes.subarray(0, binary.length)) === binary) {
    refuse(file, '', 'it is in the binary form of Praat; save it as a text file there');
  }
  const isUnicode = tryDecode(bytes, 'utf-8') !== null || (bytes[0] ?? 0) >= 0xfe;
  // 0x80 to 0x9f are control characters in Latin-1: whatever has them is something else.
  if (isUnicode || bytes.some((byte) => byte >= 0x80 && byte < 0xa0)) {
    return { text: decodeText(bytes, file), losses: [] };
  }
  return { text: new TextDecoder('latin1').decode(bytes), losses: [latin1Loss] };
}

function readHeading(tokens: PraatTokens, file: string): void {
  const type = tokens.string();
  if (!type.startsWith('ooTextFile')) refuse(file, tokens.where(), 'this is no text file of Praat');
  const objects = tokens.string();
  if (objects !== 'TextGrid') {
    refuse(file, tokens.where(), `it holds "${objects.slice(0, 40)}", not a TextGrid`);
  }
}

function readTier(tokens: PraatTokens, checker: Checker, file: string): AnnotationTier {
  const kind = tokens.string();
  if (kind !== 'IntervalTier' && kind !== 'TextTier') {
    refuse(file, tokens.where(), `"${kind.slice(0, 40)}" is no kind of tier`);
  }
  const name = tokens.string();
  tokens.number();
  tokens.number();
  const items: AnnotationItem[] = [];
  for (let left = tokens.number(); left > 0; left--) {
    const item = kind === 'TextTier' ? readPoint(tokens, checker) : readInterval(tokens, checker);
    if (item !== null) items.push(item);
  }
  return { name, source: 'person', annotator: '', items };
}

function readPoint(tokens: PraatTokens, checker: Checker): AnnotationItem | null {
  const time = tokens.number();
  const where = tokens.where();
  const label = tokens.string();
  return checker.item(where, { start: time, end: time, label });
}

/** Null for a gap too. */
function readInterval(tokens: PraatTokens, checker: Checker): AnnotationItem | null {
  const start = tokens.number();
  const where = tokens.where();
  const end = tokens.number();
  const label = tokens.string();
  return label === '' ? null : checker.item(where, { start, end, label });
}
