/** Samples each of which tells its place, so that one that is missing or moved shows. */
export function countingSamples(from: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => {
    const place = (from + index) % 32_768;
    return (place % 2 === 0 ? place : -place) / 32_768;
  });
}
