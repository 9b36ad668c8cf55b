/** Meyda's Hann window ("hanning"): symmetric, zero at both ends. */
export function hannWindow(size: number): Float32Array {
  return Float32Array.from(
    { length: size },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (size - 1)),
  );
}
