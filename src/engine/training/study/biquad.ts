import { sampleRate } from '#engine/features/frames.ts';

interface Coefficients {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** Fourth-order Butterworth low-pass or high-pass as two second-order sections of these qualities. */
const qualities = [0.541_196_1, 1.306_563] as const;

/** The sound between two frequencies (Hz), as a telephone line passes it. */
export function bandPass(samples: Float32Array, low: number, high: number): Float32Array {
  const sections = qualities.flatMap((quality) => [
    section('high', low, quality),
    section('low', high, quality),
  ]);
  return sections.reduce(run, samples);
}

/** Robert Bristow-Johnson's audio equaliser cookbook. */
function section(kind: 'low' | 'high', frequency: number, quality: number): Coefficients {
  const omega = (2 * Math.PI * frequency) / sampleRate;
  const alpha = Math.sin(omega) / (2 * quality);
  const cosine = Math.cos(omega);
  const scale = 1 + alpha;
  const edge = (kind === 'low' ? 1 - cosine : 1 + cosine) / 2 / scale;
  const middle = kind === 'low' ? 2 * edge : -2 * edge;
  return { b: [edge, middle, edge], a: [(-2 * cosine) / scale, (1 - alpha) / scale] };
}

function run(samples: Float32Array, { b, a }: Coefficients): Float32Array {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}
