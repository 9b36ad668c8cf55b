import { noSpeech, unsure } from '#shared/domain/label.ts';
import { cellProbabilities } from '#shared/domain/track.ts';
import { emotionCells, emotionColumns } from '../emotion-csv.ts';
import type { AnalysedRecording } from '../emotion-json.ts';
import type { Column, Row } from './table.ts';

/** An emotion CSV with one column more, so that whatever reads the one reads the other. */
export function windowColumns(labels: readonly string[]): readonly Column[] {
  return [...emotionColumns(labels), { name: 'speech', kind: 'number' }];
}

/**
 * A row for each cell of the track: what the model heard around it, before neighbours are smoothed and cut into
 * segments. `speech` is the share of the cell that is speech.
 *
 * @param columns the labels that have a column each; those of the model may be some of them
 */
export function windowRows(
  { name, model, seconds, track, unsureBelow }: AnalysedRecording,
  columns: readonly string[],
): readonly Row[] {
  const { labels, hopSeconds, speech } = track;
  return Array.from({ length: track.cells }, (_, cell) => {
    const share = speech[cell] ?? 0;
    const probabilities = share > 0 ? [...cellProbabilities(track, cell)] : [];
    const row = emotionCells(
      {
        recording: name,
        start: cell * hopSeconds,
        end: Math.min(seconds, (cell + 1) * hopSeconds),
        ...likeliest(labels, probabilities, unsureBelow),
        source: 'model',
        annotator: '',
        model,
        labels: share > 0 ? labels : [],
        probabilities,
      },
      columns,
    );
    return [...row, share];
  });
}

interface Answer {
  readonly label: string;
  readonly confidence: number;
}

function likeliest(
  labels: readonly string[],
  probabilities: readonly number[],
  unsureBelow: number,
): Answer {
  // Where no part of a cell is speech, that is certain as far as the track goes.
  if (probabilities.length === 0) return { label: noSpeech, confidence: 1 };
  const confidence = Math.max(...probabilities);
  const label = labels[probabilities.indexOf(confidence)] ?? unsure;
  return { label: confidence < unsureBelow ? unsure : label, confidence };
}
