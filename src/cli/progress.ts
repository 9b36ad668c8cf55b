import { SingleBar } from 'cli-progress';
import type { Progress } from '#shared/rpc/contract.ts';

export interface ProgressDisplay {
  readonly report: (progress: Progress) => void;
  readonly stop: () => void;
}

/** A bar that redraws itself on a terminal, otherwise a plain line for every tenth of the way. */
export function showProgress(what: string): ProgressDisplay {
  return process.stderr.isTTY ? bar(what) : lines(what);
}

function bar(what: string): ProgressDisplay {
  const display = new SingleBar({
    format: `${what}  {bar} {percentage} %  {stage}  {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  display.start(1000, 0, { stage: '' });
  return {
    report: ({ stage, fraction }) => {
      display.update(Math.round(fraction * 1000), { stage });
    },
    stop: () => {
      display.stop();
    },
  };
}

function lines(what: string): ProgressDisplay {
  let told = -1;
  return {
    report: ({ stage, fraction }) => {
      const tenth = Math.floor(fraction * 10);
      // Not only larger ones: a new stage of the work begins at 0 again.
      if (tenth !== told) process.stderr.write(`${what}: ${tenth * 10} %, ${stage}\n`);
      told = tenth;
    },
    stop: () => undefined,
  };
}
