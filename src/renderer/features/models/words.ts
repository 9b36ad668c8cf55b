import type { LessonMaterial, Retraining } from '#shared/contract/models.ts';
import type { Gain } from '#shared/domain/comparison.ts';
import type { ModelVersion, ProjectChanges, Verdicts } from '#shared/domain/model-version.ts';
import { count, percent, timeLeft } from '../../lib/words.ts';

/** A new label is learnt from so many examples; the model has heard hundreds of each of its own. */
const enoughExamples = 20;

/** `+12 points`, `−3 points`, with a true minus sign. */
export function points(gain: number): string {
  const rounded = Math.round(gain * 100);
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '±';
  return `${sign}${Math.abs(rounded)}\u00a0${Math.abs(rounded) === 1 ? 'point' : 'points'}`;
}

/** What a person has to know of a label's examples; empty where there is nothing to say. */
export function labelNote({ count: there, known }: LessonMaterial['labels'][number]): string {
  if (known) return '';
  const missing = enoughExamples - there;
  return missing > 0 ? `new, too few: ${missing} more` : 'new';
}

export function speakersWords({ speakers, recordings }: LessonMaterial): string {
  const named = speakers.filter(({ speaker }) => speaker !== '');
  const nameless = speakers.find(({ speaker }) => speaker === '')?.count ?? 0;
  const parts = named.map(({ speaker, count: own }) => `${speaker} (${own})`);
  if (nameless > 0) parts.push(named.length > 0 ? `not named (${nameless})` : 'speaker not named');
  return `From ${count(recordings, 'recording')}: ${parts.join(', ')}.`;
}

/** What may be hoped for: only what was measured, else that nobody knows. */
export function expectationWords({ corrections, expected }: LessonMaterial): string {
  const measured = expected.filter((step) => step.corrections <= corrections).at(-1);
  if (measured === undefined) {
    return 'What it gains is measured before you decide: nothing changes until you keep it.';
  }
  return (
    `Speakers new to the original model gained ${points(measured.gain)} on average from ` +
    `${measured.corrections} corrections each, on speech that was not corrected.`
  );
}

export function roughDuration(seconds: number): string {
  if (seconds < 50) return `about ${Math.max(5, Math.round(seconds / 5) * 5)}\u00a0s`;
  return `about ${Math.max(1, Math.round(seconds / 60))}\u00a0min`;
}

type Running = Extract<Retraining, { kind: 'running' }>;

export function stageWords({ stage, epoch, epochs }: Running): string {
  const round = epoch === null || epochs === null ? '' : `, round ${epoch} of ${epochs}`;
  switch (stage) {
    case 'listening':
      return 'Listening to the corrections';
    case 'trying':
      return `Trying it on recordings held back${round}`;
    case 'learning':
      return `Learning from all${round}`;
    case 'comparing':
      return 'Hearing recordings again to compare';
  }
}

/** `+21 points; with 95 % certainty +8 to +33 points`, or that it may be chance. */
export function gainWords({ before, after, gainInterval }: Gain): string {
  const [low, high] = gainInterval;
  const gain = points(after.accuracy - before.accuracy);
  const range = `95\u00a0%: ${points(low).replace(/\u00a0points?/u, '')} to ${points(high)}`;
  return low <= 0 && high >= 0 ? `${gain} (${range}), which may be chance` : `${gain} (${range})`;
}

export function verdictWords(verdicts: Verdicts): readonly string[] {
  const { confirmed, stillRight, corrected, nowRight } = verdicts;
  const wrong = confirmed - stillRight;
  const lines: string[] = [];
  if (confirmed > 0) {
    const lost = wrong === 0 ? 'none becomes wrong' : `${wrong} ${verb(wrong)} wrong`;
    lines.push(
      `People confirmed ${count(confirmed, 'label')} of the model: ${stillRight} ${stay(stillRight)} right, ${lost}.`,
    );
  }
  if (corrected > 0) {
    lines.push(
      `People corrected ${count(corrected, 'label')}: ${nowRight} ${verb(nowRight)} right.`,
    );
  }
  return lines;
}

const verb = (number: number): string => (number === 1 ? 'becomes' : 'become');
const stay = (number: number): string => (number === 1 ? 'stays' : 'stay');

export function changesWords({ recordings, of, segments, changed }: ProjectChanges): string {
  const share = segments === 0 ? '' : ` (${percent(changed / segments)})`;
  const where =
    recordings < of ? `${recordings} of ${count(of, 'recording')}` : count(of, 'recording');
  return `${changed} of ${count(segments, 'segment')}${share} in ${where} would be called something else.`;
}

/** What deleting recordings did not undo: a model cannot be made to forget, only trained anew. */
export function lostWords({ lostRecordings }: ModelVersion): string {
  const [were, them] = lostRecordings === 1 ? ['was', 'it'] : ['were', 'them'];
  return (
    `Learnt from ${count(lostRecordings, 'recording')} that ${were} deleted for good since. ` +
    `To leave ${them} out, use the original and retrain.`
  );
}

/** `20 %, about 40 s left`. */
export function progressWords({ fraction, secondsLeft }: Running): string {
  return [percent(fraction), timeLeft(secondsLeft)].filter(Boolean).join(', ');
}
