import type { Period } from './periodicity.ts';

/**
 * Praat's costs, which are for a step each 10 ms. Its threshold is 0.45; ours is higher because noise
 * correlates more when its upper band is left out (this value disagreed with Praat the least).
 */
const voicingThreshold = 0.5;
const octaveJumpCost = 0.35;
const voicingChangeCost = 0.14;

/** Frames that a decision waits for what follows: 250 ms, longer than a doubtful stretch lasts. */
const lookahead = 25;

/** Told once a frame, in order: the frame's periods and the chosen one, undefined where unvoiced. */
export type DecidePeriod = (periods: readonly Period[], chosen: Period | undefined) => void;

export interface PathFinder {
  push(periods: readonly Period[]): void;
  finish(): void;
}

/** State 0 is unvoiced, state i the i-th period. */
interface Step {
  readonly periods: readonly Period[];
  readonly octaves: readonly number[];
  readonly scores: readonly number[];
  /** The best state before each state. */
  readonly from: readonly number[];
}

/**
 * The cheapest path through the periods of successive frames (Viterbi), decided with a fixed delay, so that
 * it runs on endless sound and depends on nothing but the frames.
 */
export function createPathFinder(decide: DecidePeriod): PathFinder {
  const pending: Step[] = [];
  let last: Step = { periods: [], octaves: [0], scores: [0], from: [0] };

  const decideOldest = () => {
    let state = best(last.scores);
    for (let index = pending.length - 1; index > 0; index -= 1) {
      state = pending[index]?.from[state] ?? 0;
    }
    const oldest = pending.shift();
    if (oldest !== undefined) decide(oldest.periods, oldest.periods[state - 1]);
  };

  return {
    push: (periods) => {
      last = nextStep(last, periods);
      pending.push(last);
      if (pending.length > lookahead) decideOldest();
    },
    finish: () => {
      while (pending.length > 0) decideOldest();
    },
  };
}

/** Loops and nothing that is made anew: this runs a hundred times for each second of sound. */
function nextStep(before: Step, periods: readonly Period[]): Step {
  const octaves = [NaN];
  for (const { frequency } of periods) octaves.push(Math.log2(frequency));
  const scores: number[] = [];
  const from: number[] = [];
  // Only differences matter; taking the best away keeps hours of sound from growing the sums.
  const zero = before.scores[best(before.scores)] ?? 0;
  for (let state = 0; state < octaves.length; state += 1) {
    let chosen = 0;
    let most = -Infinity;
    for (let previous = 0; previous < before.scores.length; previous += 1) {
      const cost = changeCost(before, previous, state, octaves[state] ?? NaN);
      const gain = (before.scores[previous] ?? 0) - zero - cost;
      if (gain > most) [chosen, most] = [previous, gain];
    }
    from.push(chosen);
    scores.push(most + (periods[state - 1]?.strength ?? voicingThreshold));
  }
  return { periods, octaves, scores, from };
}

function changeCost(before: Step, previous: number, state: number, octave: number): number {
  if (previous === 0 && state === 0) return 0;
  if (previous === 0 || state === 0) return voicingChangeCost;
  return octaveJumpCost * Math.abs((before.octaves[previous] ?? 0) - octave);
}

function best(values: readonly number[]): number {
  let highest = 0;
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] ?? 0) > (values[highest] ?? 0)) highest = index;
  }
  return highest;
}
