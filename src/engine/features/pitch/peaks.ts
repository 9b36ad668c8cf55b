/** A local maximum between two samples of an autocorrelation. */
export interface Peak {
  readonly lag: number;
  readonly height: number;
  /** How much speaks for it. */
  readonly strength: number;
}

const most = 5;
/** Boersma's octave cost: of two equally high peaks an octave apart, the one with the shorter lag wins. */
const octaveCost = 0.01;

/** Up to five positive maxima at the lags `from` to `to`, the strongest first. */
export function strongestPeaks(
  correlation: Float32Array,
  from: number,
  to: number,
): readonly Peak[] {
  const peaks: Peak[] = [];
  const mostForShortness = octaveCost * Math.log2(to / from);
  for (let lag = from; lag <= to; lag += 1) {
    const here = correlation[lag] ?? 0;
    const before = correlation[lag - 1] ?? 0;
    const after = correlation[lag + 1] ?? 0;
    if (here <= 0 || here <= before || here < after) continue;
    // The top of the parabola through the three.
    const shift = (0.5 * (before - after)) / (before - 2 * here + after);
    const height = Math.min(1, here - 0.25 * (before - after) * shift);
    // Noise has dozens of peaks; most need not be looked at any further.
    if (peaks.length === most && height + mostForShortness <= weakest(peaks)) continue;
    const strength = height - octaveCost * Math.log2((lag + shift) / to);
    insert(peaks, { lag: lag + shift, height, strength });
  }
  return peaks;
}

/** Puts a peak where it belongs by strength, behind those as strong, and lets go of the weakest beyond `most`. */
function insert(peaks: Peak[], peak: Peak): void {
  let at = peaks.length;
  while (at > 0 && (peaks[at - 1]?.strength ?? 0) < peak.strength) at -= 1;
  peaks.splice(at, 0, peak);
  if (peaks.length > most) peaks.pop();
}

function weakest(peaks: readonly Peak[]): number {
  return peaks[peaks.length - 1]?.strength ?? -Infinity;
}
