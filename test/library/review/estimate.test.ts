import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawOf } from '#library/review/draw.ts';
import { estimateShare } from '#library/review/estimate.ts';
import { mix } from '#library/review/mix.ts';

describe('the estimate', () => {
  it('is the share heard alike, with Wilson’s interval', () => {
    // By hand for 8 of 10 of very many: (0.8 + z²/20 ± z √(0.016 + z²/400)) / (1 + z²/10).
    const { share, low, high } = estimateShare(10, 8, 1e9) ?? { share: 0, low: 0, high: 0 };
    expect(share).toBe(0.8);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
  });

  it('says nothing of too few, except where there are no more', () => {
    expect(estimateShare(0, 0, 100)).toBeNull();
    expect(estimateShare(0, 0, 0)).toBeNull();
    expect(estimateShare(4, 4, 100)).toBeNull();
    expect(estimateShare(5, 4, 100)).not.toBeNull();
    expect(estimateShare(3, 3, 3)).toEqual({ share: 1, low: 1, high: 1 });
  });

  it('holds the share within an interval that only narrows with more of the population heard', () => {
    const sizes = fc
      .record({
        population: fc.integer({ min: 6, max: 500 }),
        part: fc.double({ noNaN: true, min: 0, max: 1 }),
      })
      .map(({ population, part }) => ({
        population,
        heard: 5 + Math.floor(part * (population - 5)),
      }));
    fc.assert(
      fc.property(
        sizes,
        fc.double({ noNaN: true, min: 0, max: 1 }),
        ({ population, heard }, part) => {
          const same = Math.round(part * heard);
          const narrow = estimateShare(heard, same, population);
          const wide = estimateShare(heard, same, population * 10);
          if (!narrow || !wide) throw new Error('There is enough to estimate from.');
          expect(narrow.low).toBeGreaterThanOrEqual(wide.low - 1e-12);
          expect(narrow.high).toBeLessThanOrEqual(wide.high + 1e-12);
          expect(narrow.low).toBeGreaterThanOrEqual(0);
          expect(narrow.high).toBeLessThanOrEqual(1);
          expect(narrow.share).toBeGreaterThanOrEqual(narrow.low - 1e-12);
          expect(narrow.share).toBeLessThanOrEqual(narrow.high + 1e-12);
        },
      ),
    );
  });
});

describe('audits drawn by permanent random numbers', () => {
  /** A project in which the model is right less often where a person would look first. */
  const population = Array.from({ length: 400 }, (_, start) => ({
    recordingId: start % 7,
    model: 'm',
    start,
    end: start + 1,
    right: start % 4 !== 0 && start > 60,
  }));
  const truth = population.filter(({ right }) => right).length / population.length;

  function sample(seed: string, size: number): readonly (typeof population)[number][] {
    return population
      .map((each) => ({ each, draw: drawOf(seed, each) }))
      .sort((one, other) => one.draw - other.draw)
      .slice(0, size)
      .map(({ each }) => each);
  }

  it('tell the truth on average, and the interval holds it about as often as it says', () => {
    const rounds = 1000;
    let [sum, held] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const same = sample(`seed ${round}`, 40).filter(({ right }) => right).length;
      const found = estimateShare(40, same, population.length);
      if (!found) throw new Error('There is enough to estimate from.');
      sum += found.share;
      if (found.low <= truth && truth <= found.high) held += 1;
    }
    // The mean of 1000 rounds has a standard error of 0.0024.
    expect(Math.abs(sum / rounds - truth)).toBeLessThan(0.01);
    expect(held / rounds).toBeGreaterThan(0.93);
    expect(held / rounds).toBeLessThan(0.98);
  });

  it('are each as likely, are the same every time, and others in another project', () => {
    const draws = population.map((each) => drawOf('seed', each));
    expect(new Set(draws).size).toBe(draws.length);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const quarters = [0, 1, 2, 3].map(
      (quarter) => draws.filter((draw) => Math.floor(draw * 4) === quarter).length,
    );
    for (const count of quarters) expect(Math.abs(count - 100)).toBeLessThan(40);
    expect(sample('seed', 20)).toEqual(sample('seed', 20));
    expect(sample('seed', 20)).not.toEqual(sample('another', 20));
  });
});

describe('mixing', () => {
  it('keeps all, and the order of each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat()),
        fc.array(fc.nat()),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (one, other, stream) => {
          const tagged = [one, other].map((list, of) => list.map((item, at) => ({ of, item, at })));
          const [first = [], second = []] = tagged;
          const mixed = mix(first, second, () => stream.next().value as number);
          expect(mixed.filter(({ of }) => of === 0)).toEqual(first);
          expect(mixed.filter(({ of }) => of === 1)).toEqual(second);
          expect(mixed).toHaveLength(one.length + other.length);
        },
      ),
    );
  });

  it('puts the one audit of a round of five in any place as often', () => {
    const counts = [0, 0, 0, 0, 0];
    for (let round = 0; round < 1000; round += 1) {
      const at = mix([1, 1, 1, 1], [2], Math.random).indexOf(2);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    // Each 200 on average, with a standard deviation of 13.
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(80);
  });
});
