import { MultiBar } from 'cli-progress';
import type { Progress } from '#shared/rpc/contract.ts';

/** A duration for people: seconds, then minutes, then hours and minutes. */
export function inWords(seconds: number): string {
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

interface Report extends Progress {
  /** Where the reporter knows better than the pace so far can tell; null where nobody knows yet. */
  readonly secondsLeft?: number | null;
}

export interface ProgressDisplay {
  readonly report: (report: Report) => void;
  /** Writes lines that stay, above the progress. */
  readonly write: (text: string) => void;
  readonly stop: () => void;
}

/** A bar that redraws itself on a terminal, otherwise a plain line for every tenth of the way. */
export function showProgress(what: string): ProgressDisplay {
  return process.stderr.isTTY ? bar(what) : lines(what);
}

function bar(what: string): ProgressDisplay {
  const bars = new MultiBar({
    format: `${what}  {bar} {percentage} %  {stage}  {left}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  const display = bars.create(1000, 0, { stage: '', left: '' });
  const left = estimate();
  return {
    report: (report) => {
      display.update(Math.round(report.fraction * 1000), {
        stage: report.stage,
        left: left(report),
      });
    },
    write: (text) => {
      bars.log(text);
      bars.update();
    },
    stop: () => {
      bars.stop();
    },
  };
}

function lines(what: string): ProgressDisplay {
  let told = -1;
  return {
    report: (report) => {
      const tenth = Math.floor(report.fraction * 10);
      // Not only larger ones: a new stage of the work begins at 0 again.
      if (tenth === told) return;
      told = tenth;
      const left = timeLeft(report.secondsLeft ?? null);
      process.stderr.write(`${what}: ${tenth * 10} %, ${report.stage}${left && `, ${left}`}\n`);
    },
    write: (text) => {
      process.stderr.write(text);
    },
    stop: () => undefined,
  };
}

/** By the pace so far where the reporter does not say. */
function estimate(): (report: Report) => string {
  const begun = performance.now();
  return ({ fraction, secondsLeft }) => {
    const elapsed = (performance.now() - begun) / 1000;
    const byPace = fraction > 0 ? (elapsed * (1 - fraction)) / fraction : null;
    return timeLeft(secondsLeft === undefined ? byPace : secondsLeft);
  };
}

function timeLeft(seconds: number | null): string {
  return seconds === null ? '' : `${inWords(seconds)} left`;
}
