import type { ExportFormat } from '#shared/contract/export.ts';
import type { RowUnit } from '#shared/domain/row-unit.ts';
import { count } from '../../lib/words.ts';

/** Which recordings go out. */
export type Scope = 'this' | 'chosen' | 'found' | 'all';

/** What a person chose last; asked for again the next time. */
export interface ExportChoice {
  readonly format: string;
  readonly per: RowUnit;
  readonly files: 'one' | 'each';
}

/** All that a person says of one export. */
export interface Wish extends ExportChoice {
  readonly scope: Scope;
  /** Id of a tier; null for all. */
  readonly tier: string | null;
  readonly speakerNames: boolean;
  /** Whether also recordings without consent go out, or that are kept longer than agreed. */
  readonly withheldToo: boolean;
}

export const firstChoice: ExportChoice = { format: 'csv', per: 'segment', files: 'one' };

export const unitWords = {
  segment: 'Segments: each stretch with one label',
  window: 'Windows: each step of the model',
  recording: 'Recordings: shares of time, mean probabilities, transitions',
} as const satisfies Readonly<Record<RowUnit, string>>;

/** What of a choice a format allows. */
export function fitting(
  choice: ExportChoice,
  { many, table }: ExportFormat,
  recordings: number,
): ExportChoice {
  const files = recordings > 1 && !many ? 'each' : choice.files;
  return { ...choice, per: table ? choice.per : 'segment', files: recordings > 1 ? files : 'one' };
}

/** What a file or folder of an export is called, until the person says otherwise. */
export function proposeName(
  files: ExportChoice['files'],
  { ending }: ExportFormat,
  names: readonly string[],
): string {
  const [only] = names;
  const stem = names.length === 1 && only !== undefined ? withoutExtension(only) : 'emotions';
  return files === 'each' ? stem : `${stem}.${ending}`;
}

function withoutExtension(name: string): string {
  return name.replace(/\.[^.]+$/u, '');
}

/** `12 rows of 3 recordings written.` */
export function writtenWords(rows: number, recordings: number, isTable: boolean): string {
  const what = isTable ? 'row' : 'segment';
  return `${count(rows, what)} of ${count(recordings, 'recording')} written.`;
}
