import { frameSize } from './frames.ts';
import { levelAt } from './layout.ts';
import type { Matrix } from './matrix.ts';

/** Marks the rows that are speech: one number a row, not zero for speech. */
export type SpeechMask = Uint8Array;

/** How loud speech is: the sum of Meyda's rms over rows of speech, and how many there were. */
export interface Level {
  readonly rows: number;
  readonly sum: number;
}

export const noLevel: Level = { rows: 0, sum: 0 };

/**
 * The level of a recording's raw features. A mean of amplitudes lies between a mean of powers, which one
 * knock at the microphone can decide, and one of decibels, which silence can; it follows the gain exactly.
 */
export function measureLevel(raw: Matrix, speech?: SpeechMask): Level {
  let rows = 0;
  let sum = 0;
  for (let row = 0; row < raw.rows; row += 1) {
    if (speech?.[row] === 0) continue;
    sum += raw.data[row * raw.columns + levelAt] ?? 0;
    rows += 1;
  }
  return { rows, sum };
}

export function mergeLevels(a: Level, b: Level): Level {
  return { rows: a.rows + b.rows, sum: a.sum + b.sum };
}

/**
 * The gain that brings speech to the level at which a flat spectrum has `range` dB above 1 in each bin.
 * Noise of rms r (after the window) has the power 512 r^2 in a bin. Sound without any level is left alone.
 */
export function gainToReference(level: Level, range: number): number {
  if (level.sum === 0) return 1;
  const reference = Math.sqrt(10 ** (range / 10) / frameSize);
  return (reference * level.rows) / level.sum;
}
