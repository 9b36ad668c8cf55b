export interface PlacementLimits {
  /** Samples by which timestamps of this container may jump without anything missing. */
  readonly tolerance: number;
  /** Samples; a longer jump ahead is a lying timestamp, and what follows continues without a gap. */
  readonly longestGap: number;
  /** Samples; a longer jump back is a new timeline (files that were glued together), which continues the old. */
  readonly restart: number;
}

/**
 * Where decoded frames belong on the clock of the recording.
 *
 * A damaged file loses frames, and one with discontinuous transmission never had them. If what follows moved up,
 * every annotation behind it would be wrong, so silence takes the place of what is missing. Samples are never
 * dropped: containers round their timestamps, and clocks drift.
 *
 * @returns a function to call for each frame in order (`start` is its timestamp in samples, null where it has none),
 *   which says how many samples of silence go before it
 */
export function createPlacement(
  limits: PlacementLimits,
): (start: number | null, length: number) => number {
  let origin = 0;
  /** Where the next frame should start by the timestamps, and by the samples handed out. */
  let expected = 0;
  let written = 0;

  return (start, length) => {
    let position = start === null ? expected : start - origin;
    const jump = position - expected;
    if (jump > limits.longestGap || jump < -limits.restart) {
      origin += jump;
      position = expected;
    }
    // The smaller of the two: a jump ahead that only makes up for one back (jitter) misses nothing.
    const missing = Math.min(position - expected, position - written);
    const gap = missing > limits.tolerance ? missing : 0;
    written += gap + length;
    expected = position + length;
    return gap;
  };
}
