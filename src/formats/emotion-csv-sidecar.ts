import type { RowUnit } from '#shared/domain/row-unit.ts';
import { statements } from '#shared/domain/responsible-use.ts';

/** What stands beside an emotion CSV: where its rows come from and how they were made. */
export interface EmotionCsvAbout {
  readonly appVersion: string;
  /** ISO 8601; left out where the same input is to give the same bytes. */
  readonly exportedAt?: string;
  /** What a row is about, where it is not a segment. */
  readonly per?: RowUnit;
  readonly rows: number;
  readonly recordings: readonly ExportedRecording[];
  readonly models: readonly ExportedModel[];
}

export interface ExportedRecording {
  /** As in the column `recording`. */
  readonly name: string;
  /** Of the recording's file. */
  readonly sha256: string;
  readonly seconds: number;
  readonly rows: number;
  /** How much later than time 0 the sound may begin; null where it is not known. */
  readonly uncertainStartSeconds: number | null;
  /** What the model's answers are relative to, where that is not the recording by itself. */
  readonly normalised?: 'by speaker';
}

export interface ExportedModel {
  readonly id: string;
  /** Of its files; left out where it was not put down. */
  readonly sha256?: string;
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  readonly hopSeconds: number;
  readonly unsureBelow: number;
}

/** The text of `<name>.csv.json`. */
export function emotionCsvSidecar(about: EmotionCsvAbout): string {
  return sidecar('undertone-emotion-csv', about);
}

/** What stands beside a file for another program. */
export interface ExportAbout extends Omit<EmotionCsvAbout, 'per'> {
  /** As options of the command line name it. */
  readonly fileFormat: string;
  /** What the format could not say. */
  readonly losses: readonly string[];
}

/** The text of `<name>.json` beside such a file. */
export function exportSidecar(about: ExportAbout): string {
  return sidecar('undertone-export', about);
}

function sidecar(format: string, about: object): string {
  const statement = `${statements.meaning} ${statements.misuse}`;
  return `${JSON.stringify({ format, version: 1, statement, ...about }, null, 2)}\n`;
}
