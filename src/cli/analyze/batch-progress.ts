import type { Progress } from '#shared/rpc/contract.ts';
import type { ProgressDisplay } from '../progress.ts';
import type { Input } from './inputs.ts';

/** How far a run is, and how long the rest takes. */
export interface BatchProgress {
  /** @returns to be told how far this recording is */
  readonly started: (input: Input) => (progress: Progress) => void;
  readonly ended: (input: Input, how: 'heard' | 'kept' | 'failed') => void;
}

/** Recordings count by the size of their files; those that were up to date say nothing of the pace. */
export function trackBatch(
  inputs: readonly Input[],
  display: ProgressDisplay,
  now: () => number = () => performance.now(),
): BatchProgress {
  const total = inputs.reduce((sum, input) => sum + weight(input), 0);
  const running = new Map<Input, number>();
  let ended = 0;
  let endedWeight = 0;
  let keptWeight = 0;
  let failed = 0;
  let begun: number | undefined;

  function report(stage: string): void {
    const done = endedWeight + [...running.values()].reduce((sum, value) => sum + value, 0);
    const fresh = done - keptWeight;
    const elapsed = begun === undefined ? 0 : (now() - begun) / 1000;
    display.report({
      stage: inputs.length === 1 ? stage : `${ended} of ${inputs.length}${failures()}`,
      fraction: Math.min(1, done / total),
      // A guess made in the first second is no better than none.
      secondsLeft: fresh > 0 && elapsed >= 1 ? (elapsed * (total - done)) / fresh : null,
    });
  }
  const failures = (): string => (failed > 0 ? `, ${failed} failed` : '');

  return {
    started: (input) => {
      begun ??= now();
      return ({ stage, fraction }) => {
        running.set(input, fraction * weight(input));
        report(stage);
      };
    },
    ended: (input, how) => {
      running.delete(input);
      ended += 1;
      endedWeight += weight(input);
      if (how === 'kept') keptWeight += weight(input);
      if (how === 'failed') failed += 1;
      report('done');
    },
  };
}

function weight({ bytes }: Input): number {
  return Math.max(1, bytes);
}
