import type { Result } from '../figure.ts';

export interface BenchContext {
  /** For files of the run; removed after it. */
  readonly folder: string;
  /** Half a minute of speech, mono at 16 kHz. */
  readonly sentences: Float32Array;
  /** Two minutes of it as a wav file. */
  readonly wav: string;
  readonly modelFolder: string;
  /** Lengths whose time and memory are drawn, in hours; none without being asked. */
  readonly growth: readonly number[];
}

export type Group = (context: BenchContext) => Promise<Result>;

/** Seconds of the wav file that all groups share. */
export const wavSeconds = 120;
