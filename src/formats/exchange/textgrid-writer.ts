import type { AnnotationDocument, AnnotationItem, AnnotationTier } from '../annotation/document.ts';
import { onlyRecording } from '../annotation/format.ts';
import { isPoint } from '../annotation/lanes.ts';
import { formatExact } from '../annotation/text.ts';

export interface TextGridStyle {
  /** Values alone, one a line, in place of `name = value`. */
  readonly short: boolean;
  readonly encoding: 'utf-8' | 'utf-16';
}

/** A line without a value is one that the short form has not. */
type Line = readonly [indent: number, name: string, value: string];

export function writeTextGrid(document: AnnotationDocument, style: TextGridStyle): Uint8Array {
  const text = lines(document).flatMap(([indent, name, value]) => {
    if (style.short) return value === '' ? [] : [value];
    return [`${'    '.repeat(indent)}${name}${value === '' ? '' : ` ${value}`} `];
  });
  const heading = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n';
  return encode(`${heading}${text.join('\n')}\n`, style.encoding);
}

function lines(document: AnnotationDocument): readonly Line[] {
  const { seconds, tiers } = onlyRecording(document);
  const end = formatExact(seconds ?? 0);
  return [
    [0, 'xmin =', '0'],
    [0, 'xmax =', end],
    [0, 'tiers?', '<exists>'],
    [0, 'size =', String(tiers.length)],
    [0, 'item []:', ''],
    ...tiers.flatMap((tier, index): Line[] => [
      [1, `item [${index + 1}]:`, ''],
      ...tierLines(tier, seconds ?? 0),
    ]),
  ];
}

function tierLines(tier: AnnotationTier, seconds: number): readonly Line[] {
  const isPoints = tier.items.some(isPoint);
  const heading = (kind: string, size: string, count: number): Line[] => [
    [2, 'class =', quote(kind)],
    [2, 'name =', quote(tier.name)],
    [2, 'xmin =', '0'],
    [2, 'xmax =', formatExact(seconds)],
    [2, size, String(count)],
  ];
  if (isPoints) {
    return [
      ...heading('TextTier', 'points: size =', tier.items.length),
      ...tier.items.flatMap(({ start, label }, index): Line[] => [
        [2, `points [${index + 1}]:`, ''],
        [3, 'number =', formatExact(start)],
        [3, 'mark =', quote(label)],
      ]),
    ];
  }
  const intervals = tile(tier.items, seconds);
  return [
    ...heading('IntervalTier', 'intervals: size =', intervals.length),
    ...intervals.flatMap(({ start, end, label }, index): Line[] => [
      [2, `intervals [${index + 1}]:`, ''],
      [3, 'xmin =', formatExact(start)],
      [3, 'xmax =', formatExact(end)],
      [3, 'text =', quote(label)],
    ]),
  ];
}

type Interval = Pick<AnnotationItem, 'start' | 'end' | 'label'>;

/** Intervals with empty ones in the gaps: Praat's tiers have neither gaps nor overlaps. */
function tile(items: readonly AnnotationItem[], seconds: number): readonly Interval[] {
  const intervals: Interval[] = [];
  let at = 0;
  for (const item of items) {
    if (item.start > at) intervals.push({ start: at, end: item.start, label: '' });
    intervals.push(item);
    at = item.end;
  }
  if (at < seconds) intervals.push({ start: at, end: seconds, label: '' });
  return intervals;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** UTF-16 as Praat writes it: big end first, with a byte order mark. */
function encode(text: string, encoding: TextGridStyle['encoding']): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
}
