import type { Span } from '#shared/domain/time.ts';
import type { Random } from '../random.ts';

export interface Noise {
  /** Speech over noise, in dB. */
  readonly snr: number;
  /** 0 for white; towards 1 ever more of it lies in the low frequencies. */
  readonly colour: number;
}

/** The sound with steady noise over all of it, as loud as the speech in `spans` asks for. */
export function addNoise(
  samples: Float32Array,
  spans: readonly Span[],
  { snr, colour }: Noise,
  random: Random,
): Float32Array {
  const noise = colouredNoise(samples.length, colour, random);
  const speech = spans.map(({ start, end }) => samples.subarray(start, end));
  const gain = (rms(speech) / Math.max(rms([noise]), Number.MIN_VALUE)) * 10 ** (-snr / 20);
  return samples.map((sample, index) => sample + gain * (noise[index] ?? 0));
}

/** White noise through a one-pole low-pass. */
function colouredNoise(length: number, colour: number, random: Random): Float32Array {
  let state = 0;
  return Float32Array.from({ length }, () => {
    // Four uniform numbers are near enough to a normal one for noise, and quicker.
    const white = random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2;
    state = colour * state + (1 - colour) * white;
    return state;
  });
}

function rms(parts: readonly Float32Array[]): number {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const energy = parts.reduce(
    (sum, part) => sum + part.reduce((own, sample) => own + sample * sample, 0),
    0,
  );
  return Math.sqrt(energy / Math.max(1, length));
}
