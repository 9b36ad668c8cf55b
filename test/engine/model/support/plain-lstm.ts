export interface PlainSize {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
}

/**
 * An LSTM as the textbook has it, in double precision, sharing nothing with the one under test.
 *
 * @param inputs x, kernel, recurrent kernel, bias
 * @returns h [batch, steps, units], zero from each sample's length on
 */
export function plainLstm(
  inputs: readonly Float64Array[],
  { batch, steps, features, units }: PlainSize,
  lengths: readonly number[],
): Float64Array {
  const [x = [], kernel = [], recurrent = [], bias = []] = inputs;
  const h = new Float64Array(batch * steps * units);
  const at = (values: ArrayLike<number>, index: number): number => values[index] ?? NaN;
  const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
  for (let sample = 0; sample < batch; sample++) {
    let before = new Float64Array(units);
    let cells = new Float64Array(units);
    for (let step = 0; step < (lengths[sample] ?? 0); step++) {
      const sum = (gate: number, unit: number): number => {
        const column = gate * units + unit;
        let total = at(bias, column);
        for (let feature = 0; feature < features; feature++) {
          const value = at(x, (sample * steps + step) * features + feature);
          total += value * at(kernel, feature * 4 * units + column);
        }
        for (let other = 0; other < units; other++) {
          total += at(before, other) * at(recurrent, other * 4 * units + column);
        }
        return total;
      };
      const previous = cells;
      cells = Float64Array.from(
        { length: units },
        (_, unit) =>
          sigmoid(sum(1, unit)) * at(previous, unit) +
          sigmoid(sum(0, unit)) * Math.tanh(sum(2, unit)),
      );
      const now = cells;
      before = Float64Array.from(
        { length: units },
        (_, unit) => sigmoid(sum(3, unit)) * Math.tanh(at(now, unit)),
      );
      h.set(before, (sample * steps + step) * units);
    }
  }
  return h;
}
