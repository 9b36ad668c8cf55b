/** What stands beside an emotion CSV: where its rows come from and how they were made. */
export interface EmotionCsvAbout {
  readonly appVersion: string;
  /** ISO 8601. */
  readonly exportedAt: string;
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
}

export interface ExportedModel {
  readonly id: string;
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  readonly hopSeconds: number;
}

const statement =
  'The labels say how speech may sound to listeners: perceived expression, not what anybody feels. ' +
  'Treat each as a hypothesis to check by ear.';

/** The text of `<name>.csv.json`. */
export function emotionCsvSidecar(about: EmotionCsvAbout): string {
  return `${JSON.stringify({ format: 'undertone-emotion-csv', version: 1, statement, ...about }, null, 2)}\n`;
}
