/**
 * Where a recording of something that is played over and over begins in it, and how alike the two are from
 * there on (Pearson's correlation).
 */
export function bestMatch(
  played: Float32Array,
  recorded: Float32Array,
): { readonly offset: number; readonly correlation: number } {
  // Roughly first, on means of some samples; then exactly, around the place found.
  const roughly = bestStart(coarse(played), coarse(recorded), 0, Math.floor(played.length / step));
  const around = roughly * step;
  const begin = bestStart(played, recorded, around - 2 * step, around + 2 * step);
  const expected = Float32Array.from(
    recorded,
    (_, at) => played[(begin + at) % played.length] ?? 0,
  );
  return { offset: begin, correlation: correlate(recorded, expected) };
}

const step = 8;

function coarse(samples: Float32Array): Float32Array {
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, at) =>
    mean(samples.subarray(at * step, (at + 1) * step)),
  );
}

/** The place between `from` and `to` at which what is played fits best what was recorded. */
function bestStart(played: Float32Array, recorded: Float32Array, from: number, to: number): number {
  // Longer than the pauses of those who speak.
  const probe = recorded.subarray(0, to - from > 1000 ? 12_000 : recorded.length);
  let [best, most] = [0, -Infinity];
  for (let start = from; start < to; start += 1) {
    let sum = 0;
    for (let at = 0; at < probe.length; at += 1) {
      sum += (probe[at] ?? 0) * (played[(start + at + played.length) % played.length] ?? 0);
    }
    if (sum > most) [best, most] = [(start + played.length) % played.length, sum];
  }
  return best;
}

function correlate(a: Float32Array, b: Float32Array): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let [both, ofA, ofB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const [x, y] = [value - meanA, (b[at] ?? 0) - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return both / Math.sqrt(ofA * ofB);
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
