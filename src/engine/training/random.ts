import seedrandom from 'seedrandom';

/** A generator of numbers that gives the same ones for the same seed, on every machine. */
export interface Random {
  /** Uniform in `[0, 1)`. */
  uniform(): number;
  /** Uniform in `[low, high)`. */
  between(low: number, high: number): number;
  /** Uniform among `0 .. count - 1`. */
  below(count: number): number;
  /** Normal with mean 0 and deviation 1. */
  normal(): number;
  /** Beta(alpha, alpha), for mixup. */
  beta(alpha: number): number;
  /** The same items in a random order. */
  shuffled<T>(items: readonly T[]): T[];
}

/**
 * The generator for a seed made of parts, for instance `(7, 'epoch', 12)`. Work that can be stopped and
 * resumed takes a new generator for each step of its own, so that no state has to be saved.
 */
export function createRandom(...seed: readonly (string | number)[]): Random {
  const uniform = seedrandom(seed.join('/'));
  const below = (count: number): number => Math.floor(uniform() * count);
  const normal = (): number => {
    // Box and Muller; 1 - u is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below,
    normal,
    beta: (alpha) => {
      const a = gamma(alpha, uniform, normal);
      return a / (a + gamma(alpha, uniform, normal));
    },
    shuffled: (items) => {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last--) {
        const other = below(last + 1);
        const [a, b] = [order[last], order[other]] as [never, never];
        order[last] = b;
        order[other] = a;
      }
      return order;
    },
  };
}

/** Gamma(shape, 1) by Marsaglia and Tsang (2000), with their boost for shapes below 1. */
function gamma(shape: number, uniform: () => number, normal: () => number): number {
  if (shape < 1) return gamma(shape + 1, uniform, normal) * (1 - uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
