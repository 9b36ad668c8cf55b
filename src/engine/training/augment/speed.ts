/** Zero crossings of the sinc kernel on either side. */
const reach = 16;
/** Of the narrower band; the kernel needs the rest to fall off. */
const passband = 0.95;
/** Points of the kernel's table from one sample to the next. */
const resolution = 512;

/**
 * Sound played `factor` times as fast at the same sample rate: shorter and higher for factors above 1
 * (Ko et al. 2015, speed perturbation). Interpolates with a sinc under a Hann window that passes only what
 * both the old and the new sound can hold.
 */
export function changeSpeed(samples: Float32Array, factor: number): Float32Array {
  if (factor === 1) return samples;
  const cutoff = passband * Math.min(1, 1 / factor);
  const width = reach / cutoff;
  const kernel = kernelTable(cutoff, width);
  const faster = new Float32Array(Math.floor(samples.length / factor));
  for (let index = 0; index < faster.length; index += 1) {
    const position = index * factor;
    const first = Math.max(0, Math.ceil(position - width));
    const last = Math.min(samples.length - 1, Math.floor(position + width));
    faster[index] = weightedSum(samples, kernel, position, first, last);
  }
  return faster;
}

/** Of the samples from `first` to `last` around a position, which are whole steps of the table apart. */
function weightedSum(
  samples: Float32Array,
  kernel: Float64Array,
  position: number,
  first: number,
  last: number,
): number {
  const before = Math.floor(position);
  const fraction = position - before;
  let sum = 0;
  let entry = Math.round(fraction * resolution) + (before - first) * resolution;
  for (let at = first; at <= before; at += 1, entry -= resolution) {
    sum += (samples[at] ?? 0) * (kernel[entry] ?? 0);
  }
  entry = Math.round((1 - fraction) * resolution);
  for (let at = before + 1; at <= last; at += 1, entry += resolution) {
    sum += (samples[at] ?? 0) * (kernel[entry] ?? 0);
  }
  return sum;
}

/** One side of the kernel: by distance in samples times `resolution`. */
function kernelTable(cutoff: number, width: number): Float64Array {
  return Float64Array.from({ length: Math.floor(width * resolution) + 1 }, (_, index) => {
    const distance = index / resolution;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / width);
    const x = Math.PI * cutoff * distance;
    return window * cutoff * (x === 0 ? 1 : Math.sin(x) / x);
  });
}
