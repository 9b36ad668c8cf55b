import { activityChunk } from '#engine/audio/voice-activity.ts';
import { hopSize, sampleRate } from '#engine/features/frames.ts';
import { rowsOf, stack, type Matrix } from '#engine/features/matrix.ts';
import { join32 } from '#shared/domain/float32.ts';
import type { Activity } from '#engine/timeline/stretches.ts';

/**
 * The last seconds of a recording that goes on: its rows of features and the voice activity in it. It is
 * laid out as a recording of its own, so that what analyses whole recordings analyses it too.
 */
export interface Section {
  /** Samples at 16 kHz before it. */
  readonly start: () => number;
  readonly append: (rows: Matrix, probabilities: Float32Array) => void;
  /** Lets go of what lies further back than `seconds`, in whole steps. @returns how many rows that were */
  readonly forget: (seconds: number) => number;
  readonly activity: () => Activity;
  readonly rows: () => Matrix;
}

/**
 * @param hop length of a cell in samples; a section begins with a cell, a chunk of voice activity and a row
 */
export function createSection(columns: number, stride: number, hop: number): Section {
  const pace = stride * hopSize;
  const step = commonMultiple(commonMultiple(activityChunk, pace), hop);
  let start = 0;
  let rows = rowsOf(new Float32Array(0), columns);
  let probabilities: Float32Array = new Float32Array(0);
  const samples = (): number => probabilities.length * activityChunk;

  return {
    start: () => start,
    append: (more, judged) => {
      rows = stack([rows, more], columns);
      probabilities = join32([probabilities, judged]);
    },
    forget: (seconds) => {
      const steps = Math.floor((samples() - seconds * sampleRate) / step);
      // Pitch is known later than the rest: rows may be fewer than the sound that was judged.
      if (steps < 1 || rows.rows * pace < steps * step) return 0;
      const gone = (steps * step) / pace;
      start += steps * step;
      probabilities = probabilities.slice((steps * step) / activityChunk);
      rows = rowsOf(rows.data.slice(gone * columns), columns);
      return gone;
    },
    activity: () => ({
      probabilities,
      chunk: activityChunk,
      samples: samples(),
      sampleRate,
    }),
    rows: () => rows,
  };
}

function commonMultiple(a: number, b: number): number {
  return (a / commonDivisor(a, b)) * b;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
