import type { RowUnit } from '#shared/domain/row-unit.ts';
import { emotionCells, emotionColumns } from '../emotion-csv.ts';
import type { AnalysedRecording } from '../emotion-json.ts';
import type { LabelledRecording } from './labelled-recording.ts';
import { labelledWindowRows } from './labelled-window-rows.ts';
import { recordingColumns, recordingRow } from './recording-row.ts';
import type { Column, Row } from './table.ts';
import { windowColumns, windowRows } from './window-rows.ts';

/** One kind of table about recordings. */
export interface EmotionTable {
  readonly columns: readonly Column[];
  /** The rows of one recording as a model heard it, in the order of time. */
  readonly rowsOf: (recording: AnalysedRecording) => readonly Row[];
  /** The rows of one recording as somebody labelled it, in the order of time. */
  readonly rowsOfLabels: (recording: LabelledRecording) => readonly Row[];
}

/**
 * @param labels of the models, and what people said beside them
 * @param whose `anybody`: rows about whole recordings say whose they are, as all others do anyway
 */
export function emotionTable(
  unit: RowUnit,
  labels: readonly string[],
  whose: 'model' | 'anybody' = 'model',
): EmotionTable {
  switch (unit) {
    case 'segment': {
      const rowsOf = ({ rows }: Pick<AnalysedRecording, 'rows'>): readonly Row[] =>
        rows.map((row) => emotionCells(row, labels));
      return { columns: emotionColumns(labels), rowsOf, rowsOfLabels: rowsOf };
    }
    case 'window':
      return {
        columns: windowColumns(labels),
        rowsOf: (recording) => windowRows(recording, labels),
        rowsOfLabels: (recording) => labelledWindowRows(recording, labels),
      };
    case 'recording':
      return {
        columns: recordingColumns(labels, whose),
        rowsOf: (recording) => [recordingRow({ ...recording, annotator: '' }, labels, whose)],
        rowsOfLabels: (recording) => [
          recordingRow({ ...recording, model: '', track: null }, labels, whose),
        ],
      };
  }
}
