/** How fast the queue works, measured at what it has done. */
export interface Pace {
  readonly begin: (weight: number) => void;
  /** @param fraction of what was begun, 0 to 1 */
  readonly advance: (fraction: number) => void;
  /** @param counts whether the work was done: what was stopped, failed or up to date says nothing of the pace */
  readonly end: (counts: boolean) => void;
  /** The part of the weight that is done of what is running. */
  readonly runningWeight: () => number;
  /** @param weight what is left, that of what is running included; null while there is no pace yet */
  readonly secondsLeft: (weight: number) => number | null;
}

/** What each job takes off the weight of those before it, so that some dozens of the last ones decide. */
const fading = 0.97;
/** Before that, what has been done says too little about what is left. */
const leastMs = 1000;

/** @param now milliseconds of a clock that never jumps */
export function createPace(now: () => number): Pace {
  let done = { weight: 0, ms: 0 };
  let running: { readonly weight: number; readonly startedAt: number } | undefined;
  let fraction = 0;

  const runningWeight = (): number => (running ? running.weight * fraction : 0);
  const runningMs = (): number => (running && fraction > 0 ? now() - running.startedAt : 0);
  return {
    begin: (weight) => {
      running = { weight, startedAt: now() };
      fraction = 0;
    },
    advance: (to) => {
      fraction = to;
    },
    end: (counts) => {
      if (running && counts) {
        const ms = now() - running.startedAt;
        done = { weight: done.weight * fading + running.weight, ms: done.ms * fading + ms };
      }
      running = undefined;
      fraction = 0;
    },
    runningWeight,
    secondsLeft: (weight) => {
      const [ms, worked] = [done.ms + runningMs(), done.weight + runningWeight()];
      if (ms < leastMs || worked === 0) return null;
      return ((weight - runningWeight()) * (ms / worked)) / 1000;
    },
  };
}
