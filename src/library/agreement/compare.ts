import seedrandom from 'seedrandom';
import { UndertoneError } from '#shared/contract/errors.ts';
import { measureAgreement, type Agreement } from '#shared/domain/agreement/measure.ts';
import {
  findDifferences,
  type Difference,
  type RatedRecording,
} from '#shared/domain/agreement/timeline.ts';

export interface CompareSettings {
  /** What counts as one judgement. */
  readonly unitSeconds: number;
  /** What intervals are drawn over where there are few recordings. */
  readonly blockSeconds: number;
  /** Of the intervals. */
  readonly seed: number;
}

/** What the window takes, and the command line where nothing else is said. */
export const usualSettings: CompareSettings = { unitSeconds: 0.1, blockSeconds: 10, seed: 1 };

export interface Comparison extends Agreement {
  readonly differences: readonly Difference[];
}

const rounds = 1000;
/** Beyond these a shorter list of labels, or longer units, say the same. */
const maxLabels = 200;
const maxUnits = 5_000_000;

/**
 * How far annotators agree, and where they differ. The same settings give the same numbers again.
 *
 * @param subject what they labelled, for words about it
 * @throws UndertoneError `annotations-not-comparable`
 */
export function compare(
  recordings: readonly RatedRecording[],
  { unitSeconds, blockSeconds, seed }: CompareSettings,
  subject: string,
): Comparison {
  checkSize(recordings, unitSeconds, subject);
  const uniform = seedrandom(`agree/${seed}`);
  const settings = { unitSeconds, blockSeconds, rounds, uniform };
  return {
    ...measureAgreement(recordings, settings),
    differences: recordings.flatMap(findDifferences),
  };
}

function checkSize(recordings: readonly RatedRecording[], unit: number, subject: string): void {
  const spans = recordings.flatMap(({ annotators }) => annotators.flat());
  const labels = new Set(spans.map(({ label }) => label)).size;
  const seconds = recordings.reduce(
    (sum, { annotators }) =>
      sum + annotators.flat().reduce((latest, { end }) => Math.max(latest, end), 0),
    0,
  );
  const detail =
    labels > maxLabels
      ? `there are ${labels} different labels; choose tiers of fewer`
      : seconds / unit > maxUnits
        ? `${Math.round(seconds)} s are too many units of ${unit} s; choose fewer recordings or longer units`
        : null;
  if (detail !== null) throw new UndertoneError('annotations-not-comparable', { subject, detail });
}
