const scale = 32_768;

/** The nearest 16-bit samples; what is louder than full scale is clipped. */
export function toPcm(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) =>
    Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale))),
  );
}

/** 16-bit samples as whoever reads the file sees them. */
export function fromPcm(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / scale);
}
