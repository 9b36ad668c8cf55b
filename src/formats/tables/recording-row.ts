import { noSpeech, unsure } from '#shared/domain/label.ts';
import { cellProbabilities, type Track } from '#shared/domain/track.ts';
import { probabilityPrefix, type EmotionRow } from '../emotion-csv.ts';
import type { AnalysedRecording } from '../emotion-json.ts';
import type { Column, Row } from './table.ts';

/**
 * `share_<label>`: of the speech time, unsure included, so that shares sum to 1; `p_<label>`: the mean probability over
 * speech. Both are empty where nobody speaks.
 */
export function recordingColumns(
  labels: readonly string[],
  whose: 'model' | 'anybody',
): readonly Column[] {
  const text = (name: string): Column => ({ name, kind: 'text' });
  const number = (name: string): Column => ({ name, kind: 'number' });
  return [
    text('recording'),
    number('seconds'),
    number('speech_seconds'),
    text('model'),
    ...(whose === 'model' ? [] : [text('source'), text('annotator')]),
    text('label'),
    ...[...labels, unsure].map((label) => number(`share_${label}`)),
    ...labels.map((label) => number(probabilityPrefix + label)),
    { name: 'transitions', kind: 'integer' },
    text('transition_counts'),
  ];
}

/** A recording as a model heard it or an annotator labelled it. */
export interface WholeRecording extends Pick<AnalysedRecording, 'name' | 'seconds' | 'rows'> {
  /** Empty where an annotator labelled it. */
  readonly model: string;
  readonly annotator: string;
  /** Null where nothing but labels is known; there are no probabilities then. */
  readonly track: Track | null;
}

/** A recording as a whole; `label` is the one of the largest share. */
export function recordingRow(
  { name, seconds, model, annotator, rows, track }: WholeRecording,
  labels: readonly string[],
  whose: 'model' | 'anybody',
): Row {
  const speech = rows.filter(({ label }) => label !== noSpeech);
  const speechSeconds = speech.reduce((sum, { start, end }) => sum + end - start, 0);
  const known = [...labels, unsure];
  const shares = sharesOf(speech, known, speechSeconds);
  const largest = Math.max(...shares);
  const changes = transitions(speech);
  const spoken = speechSeconds > 0;
  return [
    name,
    seconds,
    speechSeconds,
    model,
    ...(whose === 'model' ? [] : [track ? 'model' : 'person', annotator]),
    spoken ? (known[shares.indexOf(largest)] ?? null) : null,
    ...shares.map((share) => (spoken ? share : null)),
    ...meanProbabilities(track, labels),
    changes.length,
    JSON.stringify(countEach(changes)),
  ];
}

function sharesOf(
  speech: readonly EmotionRow[],
  labels: readonly string[],
  total: number,
): readonly number[] {
  return labels.map((label) => {
    const own = speech.filter((row) => row.label === label);
    return own.reduce((sum, { start, end }) => sum + end - start, 0) / total;
  });
}

/** Each cell counts as much as there is speech in it. Null for what the model does not know. */
function meanProbabilities(
  track: Track | null,
  labels: readonly string[],
): readonly (number | null)[] {
  if (!track) return labels.map(() => null);
  const sums = track.labels.map(() => 0);
  let weight = 0;
  for (let cell = 0; cell < track.cells; cell += 1) {
    const share = track.speech[cell] ?? 0;
    weight += share;
    for (const [label, probability] of cellProbabilities(track, cell).entries()) {
      sums[label] = (sums[label] ?? 0) + share * probability;
    }
  }
  return labels.map((label) => {
    const sum = sums[track.labels.indexOf(label)];
    return weight > 0 && sum !== undefined ? sum / weight : null;
  });
}

/** From one label to another, pauses passed over: `angry > sad`. */
function transitions(speech: readonly EmotionRow[]): readonly string[] {
  return speech.flatMap(({ label }, index) => {
    const before = speech[index - 1]?.label ?? label;
    return before === label ? [] : [`${before} > ${label}`];
  });
}

/** In the order of the alphabet, so that the same counts are the same text. */
function countEach(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names.toSorted()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
