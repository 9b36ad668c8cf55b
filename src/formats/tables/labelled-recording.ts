import type { EmotionRow } from '../emotion-csv.ts';

/** One recording as one annotator labelled it: nothing is known between the labels. */
export interface LabelledRecording {
  readonly name: string;
  readonly seconds: number;
  readonly annotator: string;
  /** In the order of time, without overlaps. */
  readonly rows: readonly EmotionRow[];
  /** Length of the steps in which a model heard the recording, for tables of such steps. */
  readonly hopSeconds: number;
}
