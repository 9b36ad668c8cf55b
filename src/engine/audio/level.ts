/** Mean square of each chunk so far, and the gain that brings the louder part to a common level. */
export interface LevelMeter {
  add(samples: Float32Array): void;
  gain(): number;
}

/** The louder parts come to this level, dB below full scale; Silero answers alike from -40 to -10. */
const targetDecibels = -23;
/** What would need more than this is silence with some noise in it. */
const mostGain = 10 ** (55 / 20);
/** Chunks below a tenth of the mean power are pauses (the relative gate of EBU R 128). */
const gate = 0.1;

/**
 * Measures as EBU R 128 gates (without its ear-shaped filter): pauses do not count, so that the same speech gets the
 * same level with and without them. Scaling all samples scales the result exactly.
 *
 * @param most chunks that are looked back at
 */
export function createLevelMeter(most = Infinity): LevelMeter {
  const powers: number[] = [];
  return {
    add(samples) {
      if (powers.length >= most) powers.shift();
      powers.push(meanSquare(samples));
    },
    gain() {
      const threshold = mean(powers) * gate;
      const level = mean(powers.filter((power) => power >= threshold));
      return level === 0 ? 1 : Math.min(mostGain, Math.sqrt(10 ** (targetDecibels / 10) / level));
    },
  };
}

/** A plain loop: it sees every sample of every recording. */
function meanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
