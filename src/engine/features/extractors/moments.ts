/**
 * Meyda's `mu(1)` to `mu(4)` in one pass, into `moments[1]` to `moments[4]`: means of powers of the bin
 * number, weighted by magnitude. NaN in silence.
 */
export function spectralMoments(amplitude: Float32Array, moments: Float64Array): void {
  let sum = 0;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let bin = 0; bin < amplitude.length; bin += 1) {
    let weighted = amplitude[bin] ?? 0;
    sum += weighted;
    first += weighted *= bin;
    second += weighted *= bin;
    third += weighted *= bin;
    fourth += weighted *= bin;
  }
  moments[0] = 1;
  moments[1] = first / sum;
  moments[2] = second / sum;
  moments[3] = third / sum;
  moments[4] = fourth / sum;
}
