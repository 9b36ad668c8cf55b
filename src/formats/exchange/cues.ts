import { createBuilder } from '../annotation/builder.ts';
import type { Checker } from '../annotation/check.ts';
import type { AnnotationContent } from '../annotation/document.ts';
import { refuse } from '../annotation/refuse.ts';
import { linesOf } from '../annotation/text.ts';

/** One subtitle: a line of times and the lines below it. */
interface Cue {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface BrokenCue {
  readonly line: number;
  /** What stands in the place of the times. */
  readonly wrong: string;
}

type NumberedLine = readonly [line: number, text: string];

/** What a cue's text says. */
export interface CueText {
  readonly tier: string;
  readonly label: string;
}

const timeLine = /^\s*(?<from>[\d:.,]+)\s*-->\s*(?<to>[\d:.,]+)(?:\s.*)?$/u;
const clock =
  /^(?:(?<hours>\d{1,4}):)?(?<minutes>[0-5]?\d):(?<seconds>[0-5]?\d)[.,](?<decimals>\d{1,6})$/u;

/** Seconds of `1:02:03.004`, with a point or a comma; NaN where it is none. */
function parseClock(text: string): number {
  const { hours = '0', minutes, seconds, decimals } = clock.exec(text)?.groups ?? {};
  if (minutes === undefined || seconds === undefined || decimals === undefined) return Number.NaN;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return Number(`${whole}.${decimals}`);
}

/** `01:02:03.004`; hours may have more digits. */
export function formatCueTime(seconds: number, point: '.' | ','): string {
  const total = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clockTime = [total / 3_600_000, (total / 60_000) % 60, (total / 1000) % 60]
    .map(two)
    .join(':');
  return `${clockTime}${point}${String(total % 1000).padStart(3, '0')}`;
}

/**
 * The cues of WebVTT and SubRip text: blocks with blank lines between them. Blocks without a line of times
 * (headings, notes, styles) are passed over.
 */
function* cuesOf(text: string): Generator<Cue | BrokenCue> {
  let block: NumberedLine[] = [];
  for (const line of linesOf(text)) {
    if (line[1] !== '') {
      block.push(line);
      continue;
    }
    yield* cueOf(block);
    if (block.length > 0) block = [];
  }
  yield* cueOf(block);
}

function cueOf(block: readonly NumberedLine[]): readonly (Cue | BrokenCue)[] {
  const at = block.slice(0, 2).findIndex(([, part]) => part.includes('-->'));
  const [line, times] = block[at] ?? [0, ''];
  if (at < 0) return [];
  const { from = '', to = '' } = timeLine.exec(times)?.groups ?? {};
  const [start, end] = [parseClock(from), parseClock(to)];
  if (Number.isNaN(start) || Number.isNaN(end)) {
    return [{ line, wrong: times }];
  }
  const body = block.slice(at + 1).map(([, part]) => part);
  return [{ line, start, end, text: body.join('\n') }];
}

/** Cues as annotations of one recording. */
export function readCues(
  text: string,
  { file, checker }: { readonly file: string; readonly checker: Checker },
  recording: string,
  say: (text: string) => CueText,
): AnnotationContent['document'] {
  const builder = createBuilder();
  let any = false;
  for (const cue of cuesOf(text)) {
    any = true;
    const where = `line ${cue.line}`;
    if ('wrong' in cue) {
      checker.note(where, 'these are no times', cue.wrong);
      continue;
    }
    const { tier, label } = say(cue.text);
    const item = checker.item(where, { start: cue.start, end: cue.end, label });
    if (item !== null) {
      builder.add(recording, { name: tier, source: 'person', annotator: '' }, item);
    }
  }
  const { recordings } = builder.build();
  // WebVTT has a first line to be known by; a text of any other kind is no empty list of subtitles.
  const isEmpty = text.trim() === '' || text.startsWith('WEBVTT');
  if (!any && !isEmpty) refuse(file, '', 'it holds no subtitles');
  return {
    recordings:
      recordings.length > 0 ? recordings : [{ name: recording, seconds: null, tiers: [] }],
  };
}
