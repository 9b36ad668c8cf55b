import { noSpeech } from '#shared/domain/label.ts';
import { emotionCells, type EmotionRow } from '../emotion-csv.ts';
import type { LabelledRecording } from './labelled-recording.ts';
import type { Row } from './table.ts';

interface Step {
  readonly cell: number;
  /** What most of the step was labelled as. */
  label: EmotionRow;
  longest: number;
  /** Seconds of it that were labelled as speech. */
  speech: number;
}

/**
 * The labels of an annotator in the steps in which a model hears the recording, so that the two can be compared row
 * by row. A step says what most of its labelled part is labelled as; one without a label has no row.
 */
export function labelledWindowRows(
  { rows, seconds, hopSeconds }: LabelledRecording,
  labels: readonly string[],
): readonly Row[] {
  return stepsOf(rows, hopSeconds).map(({ cell, label, speech }) => {
    const start = cell * hopSeconds;
    const end = Math.min(seconds, start + hopSeconds);
    return [...emotionCells({ ...label, start, end }, labels), Math.min(1, speech / (end - start))];
  });
}

function stepsOf(rows: readonly EmotionRow[], hopSeconds: number): readonly Step[] {
  const steps = new Map<number, Step>();
  for (const row of rows) {
    const first = Math.floor(row.start / hopSeconds);
    for (let cell = first; cell * hopSeconds < row.end; cell += 1) {
      const start = Math.max(row.start, cell * hopSeconds);
      const length = Math.min(row.end, (cell + 1) * hopSeconds) - start;
      const step = steps.get(cell) ?? { cell, label: row, longest: length, speech: 0 };
      if (length > step.longest) Object.assign(step, { label: row, longest: length });
      if (row.label !== noSpeech) step.speech += length;
      steps.set(cell, step);
    }
  }
  return [...steps.values()].sort((one, other) => one.cell - other.cell);
}
