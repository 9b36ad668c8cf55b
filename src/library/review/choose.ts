/** A segment of the model that could be listened to. */
export interface Prospect {
  readonly segmentId: number;
  readonly recordingId: number;
  /** Who speaks; where nobody said, anything that stands for the recording alone. */
  readonly speaker: string;
  /** What the model says. */
  readonly label: string;
  /** The chance that the model is wrong there, 0 to 1. */
  readonly wrong: number;
  readonly seconds: number;
}

export interface Candidate extends Prospect {
  /** Calibrated; empty where there are none. */
  readonly probabilities: readonly number[];
}

/** To get there, to decide and to press a key takes a while however short the sound is. Seconds. */
const decidingSeconds = 3;

/**
 * Mistakes found per second of work. Of the measures of uncertainty it takes the plain one: probabilities are
 * calibrated, so one minus that of the label is the chance that a person will correct it, which is what
 * listening is for. Entropy would also rise with doubt among labels that nobody would choose; the margin
 * between the first two tells how close they are, but not how likely both are wrong.
 */
export function worth({ wrong, seconds }: Pick<Prospect, 'wrong' | 'seconds'>): number {
  return wrong / (seconds + decidingSeconds);
}

/**
 * Candidates in the order in which to listen to them: always the one next that is worth most times how
 * different it is from all before it. What comes first does not depend on how many are taken.
 */
export function* inListeningOrder(candidates: readonly Candidate[]): Generator<Candidate> {
  const times = new Map<string, number>();
  const left = candidates.map(toOpen);
  while (left.length > 0) {
    let best = 0;
    let most = -1;
    for (const [at, open] of left.entries()) {
      const value = valueOf(open, times);
      if (value > most) [best, most] = [at, value];
    }
    const [taken] = left.splice(best, 1);
    if (!taken) return;
    for (const key of taken.keys) times.set(key, (times.get(key) ?? 0) + 1);
    for (const each of left) {
      each.distance = Math.min(each.distance, hellinger(each.roots, taken.roots));
    }
    yield taken.candidate;
  }
}

/** One that has not been taken yet. */
interface Open {
  readonly candidate: Candidate;
  readonly worth: number;
  /** What it can have in common with others. */
  readonly keys: readonly string[];
  /** Of its probabilities. */
  readonly roots: readonly number[];
  /** Hellinger distance to the nearest that was taken; 1 is as far as can be. */
  distance: number;
}

function toOpen(candidate: Candidate): Open {
  const { label, recordingId, speaker, probabilities } = candidate;
  return {
    candidate,
    worth: worth(candidate),
    keys: [`label ${label}`, `recording ${recordingId}`, `speaker ${speaker}`],
    roots: probabilities.map(Math.sqrt),
    distance: 1,
  };
}

/** Label, recording and speaker together are as much of what makes it new as the shape of the probabilities. */
function valueOf({ worth, keys, distance }: Open, times: ReadonlyMap<string, number>): number {
  let novelty = 0;
  // What was there once already is half as new, and so on.
  for (const key of keys) novelty += 1 / (1 + (times.get(key) ?? 0));
  return worth * ((distance + novelty / keys.length) / 2);
}

/** Between two distributions, given the roots of their probabilities. Of other labels are as far as can be. */
function hellinger(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) return 1;
  let shared = 0;
  for (let at = 0; at < one.length; at += 1) shared += (one[at] ?? 0) * (other[at] ?? 0);
  return Math.sqrt(Math.max(0, 1 - shared));
}
