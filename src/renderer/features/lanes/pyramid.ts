/** Lowest, highest and mean of so many values together; NaN where none of them exists. */
export interface Summary {
  /** How many values make one entry. */
  readonly step: number;
  readonly lows: Float32Array;
  readonly highs: Float32Array;
  readonly means: Float32Array;
}

const factor = 4;
/** From here on more levels save nothing: as many entries are drawn in no time. */
const few = 2000;

/** Summaries of 4, 16, 64, ... values, so that hours are drawn by looking at as many entries as there are pixels. */
export function buildPyramid(values: Float32Array): readonly Summary[] {
  const levels: Summary[] = [];
  let below: Summary = { step: 1, lows: values, highs: values, means: values };
  while (below.means.length > few) {
    below = summarise(below);
    levels.push(below);
  }
  return levels;
}

function summarise({ step, lows, highs, means }: Summary): Summary {
  const entries = Math.ceil(means.length / factor);
  const above: Summary = {
    step: step * factor,
    lows: new Float32Array(entries).fill(NaN),
    highs: new Float32Array(entries).fill(NaN),
    means: new Float32Array(entries).fill(NaN),
  };
  for (let entry = 0; entry < entries; entry += 1) {
    let [low, high, sum, count] = [Infinity, -Infinity, 0, 0];
    const end = Math.min(means.length, (entry + 1) * factor);
    for (let index = entry * factor; index < end; index += 1) {
      const mean = means[index] ?? NaN;
      if (Number.isNaN(mean)) continue;
      low = Math.min(low, lows[index] ?? Infinity);
      high = Math.max(high, highs[index] ?? -Infinity);
      sum += mean;
      count += 1;
    }
    if (count === 0) continue;
    above.lows[entry] = low;
    above.highs[entry] = high;
    above.means[entry] = sum / count;
  }
  return above;
}

/** What all but the most extreme values lie between, so that one cough does not flatten an hour. */
export function usualRange(values: Float32Array): readonly [low: number, high: number] {
  const stride = Math.max(1, Math.floor(values.length / 20_000));
  const some: number[] = [];
  for (let index = 0; index < values.length; index += stride) {
    const value = values[index] ?? NaN;
    if (Number.isFinite(value)) some.push(value);
  }
  const sorted = Float32Array.from(some).sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.005), at(0.995)];
  return high > low ? [low, high] : [low - 1, low + 1];
}
