import { countProblems, type RowProblem } from '#shared/domain/row-problems.ts';
import type { AnnotationItem } from './document.ts';
import { limits, refuse } from './refuse.ts';

/** An item as a file says it, not yet looked at. */
export interface RawItem {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly confidence?: number | null;
  readonly labels?: readonly string[];
  readonly probabilities?: readonly number[];
  readonly note?: string;
}

/**
 * Looks at every row of one file. What is wrong with a row is noted, and reading goes on, so that all of it is
 * told at once; whether the file is then refused is for the one who reads it to say.
 */
export interface Checker {
  /** The item, or null once what is wrong with it has been noted. */
  readonly item: (where: string, raw: RawItem) => AnnotationItem | null;
  /**
   * Notes a row that is none.
   * @param found what stood there instead, for the one who corrects it
   */
  readonly note: (where: string, reason: string, found?: string) => void;
}

/** What a checker has seen. */
export interface CheckedRows {
  /** All that say a label in time, good or bad. */
  readonly rows: number;
  readonly rejected: readonly RowProblem[];
}

interface FileChecker extends Checker {
  readonly seen: () => CheckedRows;
  /** @throws UndertoneError annotations-unreadable where anything was noted */
  readonly refuseProblems: () => void;
}

const told = 5;

export function createChecker(file: string): FileChecker {
  const problems = countProblems();
  const first: string[] = [];
  let good = 0;
  const assertRoom = (where: string): void => {
    if (good + problems.count() < limits.items) return;
    refuse(file, where, `there are more than ${limits.items} segments`);
  };
  const note: Checker['note'] = (where, reason, found = '') => {
    assertRoom(where);
    problems.add(reason, where);
    if (first.length < told) {
      first.push(`${where}: ${reason}${found === '' ? '' : ` (${found.slice(0, 40)})`}`);
    }
  };
  return {
    note,
    item: (where, raw) => {
      const problem = findProblem(raw);
      if (problem !== null) {
        note(where, ...problem);
        return null;
      }
      assertRoom(where);
      good += 1;
      return {
        // Takes the sign from -0.
        start: raw.start + 0,
        end: raw.end + 0,
        label: raw.label,
        confidence: raw.confidence ?? null,
        labels: raw.labels ?? [],
        probabilities: raw.probabilities ?? [],
        note: raw.note ?? '',
      };
    },
    seen: () => ({ rows: good + problems.count(), rejected: problems.list() }),
    refuseProblems: () => {
      const all = problems.count();
      if (all === 0) return;
      const more = all > first.length ? `; and ${all - first.length} more like these` : '';
      refuse(file, '', first.join('; ') + more);
    },
  };
}

type Problem = readonly [reason: string, found?: string];

function findProblem({
  start,
  end,
  label,
  confidence,
  probabilities,
  note,
}: RawItem): Problem | null {
  if (!Number.isFinite(start) || !Number.isFinite(end)) {
    return ['the start and the end must be numbers of seconds'];
  }
  if (start < 0) return ['it starts before the recording does', `${start} s`];
  if (end < start) return ['it ends before it starts', `${start} s to ${end} s`];
  if (end > limits.seconds) return ['no recording is that long', `${end} s`];
  if ([confidence ?? 0, ...(probabilities ?? [])].some((value) => !(value >= 0 && value <= 1))) {
    return ['confidence and probabilities must be numbers from 0 to 1'];
  }
  return textProblem(label) ?? textProblem(note ?? '');
}

/** What no label is made of: control characters (but tabs and line breaks), halves of characters. */
const notText = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF\p{Surrogate}]/gu;

/** The text with a sign in place of everything that no file can hold. */
export function cleanText(text: string): string {
  return text.replace(notText, '\uFFFD');
}

function textProblem(text: string): Problem | null {
  if (text.length > limits.labelLength) {
    return ['a text is too long', `${text.length} characters`];
  }
  return text.search(notText) >= 0
    ? ['a text holds control characters or halves of characters']
    : null;
}
