/** Sounds with known properties, at 16 kHz. */

const sampleRate = 16_000;

/**
 * A voice-like tone: harmonics of a pitch that may glide, the n-th `n^-slope` times as strong as the
 * first.
 */
export function harmonicTone(
  pitchAt: (seconds: number) => number,
  seconds: number,
  slope: number,
): Float32Array {
  let cycles = 0;
  return Float32Array.from({ length: seconds * sampleRate }, (_, index) => {
    const pitch = pitchAt(index / sampleRate);
    cycles += pitch / sampleRate;
    let sample = 0;
    for (let order = 1; order * pitch < 7500; order += 1) {
      sample += order ** -slope * Math.cos(2 * Math.PI * order * cycles);
    }
    return 0.05 * sample;
  });
}

/** White noise, the same each time: a linear congruential generator (Numerical Recipes). */
export function whiteNoise(samples: number, amplitude = 0.5): Float32Array {
  let state = 1;
  return Float32Array.from({ length: samples }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  });
}

/** As a 16-bit file would hold it after a change of gain. */
export function quantised(samples: Float32Array, gain: number): Float32Array {
  return samples.map((sample) => Math.round(sample * gain * 32_768) / 32_768);
}
