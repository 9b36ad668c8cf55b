/** How long it takes from a sound to what is drawn of it, in milliseconds. */
interface LatencyFigures {
  readonly count: number;
  readonly median: number;
  /** 95 of 100 are no longer. */
  readonly p95: number;
  readonly engineMedian: number;
  readonly engineP95: number;
}

/** Measures over the last minute or so. */
export interface LatencyMeter {
  /** Notes that the sound up to `seconds` of the recording was there at `at`. */
  readonly came: (seconds: number, at: number) => void;
  /** Notes that what was heard up to `seconds` has been drawn at `at`. */
  readonly drawn: (seconds: number, at: number, engineMilliseconds: number) => void;
  readonly figures: () => LatencyFigures;
}

const most = 600;

/**
 * What is drawn at once may be of sound that came in more than one block; its latency is that of the oldest of it,
 * counted from when that block began to come.
 */
export function createLatencyMeter(): LatencyMeter {
  let coming: { readonly seconds: number; readonly beganAt: number }[] = [];
  let before = 0;
  const waits: number[] = [];
  const works: number[] = [];

  return {
    came: (seconds, at) => {
      coming.push({ seconds, beganAt: at - (seconds - before) * 1000 });
      before = seconds;
    },
    drawn: (seconds, at, engineMilliseconds) => {
      const [oldest] = coming;
      coming = coming.filter((block) => block.seconds > seconds);
      if (!oldest || oldest.seconds > seconds) return;
      note(waits, at - oldest.beganAt);
      note(works, engineMilliseconds);
    },
    figures: () => ({
      count: waits.length,
      median: quantile(waits, 0.5),
      p95: quantile(waits, 0.95),
      engineMedian: quantile(works, 0.5),
      engineP95: quantile(works, 0.95),
    }),
  };
}

function note(values: number[], value: number): void {
  values.push(value);
  if (values.length > most) values.shift();
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
