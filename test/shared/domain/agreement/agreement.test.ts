import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '#engine/training/random.ts';
import { measureAgreement, type Agreement } from '#shared/domain/agreement/measure.ts';
import {
  cohensKappa,
  fleissKappa,
  krippendorffsAlpha,
  type Statistic,
} from '#shared/domain/agreement/statistics.ts';
import { findDifferences, flatten, type LabelledSpan } from '#shared/domain/agreement/timeline.ts';
import { alphaSentence, pairSentence } from '#shared/domain/agreement/words.ts';

function valueOf(statistic: Statistic, units: readonly (readonly number[])[]): number | null {
  const sums = new Float64Array(statistic.size);
  for (const codes of units) statistic.add(sums, codes);
  return statistic.value(sums);
}

const repeat = (codes: readonly number[], times: number): readonly (readonly number[])[] =>
  Array.from({ length: times }, () => codes);

/** The columns of a table of annotators by units as its units; a dot is nothing said. */
function unitsOf(rows: readonly string[]): readonly (readonly number[])[] {
  return Array.from(rows[0] ?? '', (_, unit) =>
    rows.map((row) => (row[unit] === '.' ? -1 : Number(row[unit]))),
  );
}

describe('published examples', () => {
  it("Cohen's kappa of two readers of 50 proposals is 0.40 (20 yes/yes, 5, 10, 15 no/no)", () => {
    // Wikipedia, "Cohen's kappa", Simple example: po = 0.7, pe = 0.5.
    const units = [
      ...repeat([0, 0], 20),
      ...repeat([0, 1], 5),
      ...repeat([1, 0], 10),
      ...repeat([1, 1], 15),
    ];
    expect(valueOf(cohensKappa(2, 0, 1), units)).toBeCloseTo(0.4, 12);
  });

  it("Fleiss' kappa of ten subjects and fourteen raters is 0.210", () => {
    // Wikipedia, "Fleiss' kappa", Worked example: Pbar 0.378, Pe 0.213.
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const units = table.map((counts) =>
      counts.flatMap((n, label) => Array.from({ length: n }, () => label)),
    );
    expect(valueOf(fleissKappa(5, 14), units)).toBeCloseTo(0.21, 3);
  });

  it("Krippendorff's alpha of four observers and twelve units with gaps is 0.743", () => {
    // Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: nominal data.
    const units = unitsOf(['123321412...', '1233224125.3', '.3332342251.', '12332441251.']);
    expect(valueOf(krippendorffsAlpha(6), units)).toBeCloseTo(0.743, 3);
  });

  it('has no value where there is one label only, and -1 where two never agree', () => {
    const alike = repeat([0, 0], 9);
    expect(valueOf(cohensKappa(1, 0, 1), alike)).toBeNull();
    expect(valueOf(fleissKappa(1, 2), alike)).toBeNull();
    expect(valueOf(krippendorffsAlpha(1), alike)).toBeNull();
    expect(valueOf(cohensKappa(2, 0, 1), [...repeat([0, 1], 5), ...repeat([1, 0], 5)])).toBe(-1);
    expect(valueOf(cohensKappa(2, 0, 1), [])).toBeNull();
  });
});

const span = (start: number, end: number, label: string): LabelledSpan => ({ start, end, label });
const seeded = (seed: string): (() => number) => {
  const random = createRandom(seed);
  return () => random.uniform();
};
const settings = { unitSeconds: 0.1, blockSeconds: 5, rounds: 200 };
const measure = (...annotators: readonly (readonly LabelledSpan[])[]): Agreement =>
  measureAgreement([{ name: 'a', annotators }], {
    ...settings,
    uniform: seeded('test'),
  });

describe('measureAgreement', () => {
  const everyTenSeconds = (labels: string): readonly LabelledSpan[] =>
    Array.from(labels, (label, index) => span(index * 10, (index + 1) * 10, label));

  it('measures over units of time, with intervals that are the same again', () => {
    const [mia, tom] = [everyTenSeconds('aabbaabbab'), everyTenSeconds('aabbabbbab')];
    const { pairs, alpha, blocks } = measure(mia, tom);
    const [pair] = pairs;
    // 9 of 10; a is said 5 and 4 times: pe = 0.5 * 0.4 + 0.5 * 0.6.
    expect(pair?.same).toBeCloseTo(0.9, 12);
    expect(pair?.kappa.value).toBeCloseTo(0.8, 12);
    expect(pair?.seconds).toBeCloseTo(100, 9);
    expect(blocks).toBe(20);
    const [low, high] = pair?.kappa.interval ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThan(0.8);
    expect(low).toBeGreaterThan(0.2);
    expect(high).toBeGreaterThan(0.8);
    expect(high).toBeLessThanOrEqual(1);
    expect(alpha.value).toBeCloseTo(0.8, 1);
    expect(measure(mia, tom)).toEqual(measure(mia, tom));
  });

  it('leaves out what only one has labelled', () => {
    const { pairs } = measure(everyTenSeconds('abab'), everyTenSeconds('ab'));
    expect(pairs[0]?.seconds).toBeCloseTo(20, 9);
    expect(pairs[0]?.same).toBe(1);
  });

  it('draws over recordings where there are ten of them', () => {
    const recordings = Array.from({ length: 10 }, (_, index) => ({
      name: String(index),
      annotators: [everyTenSeconds('ab'), everyTenSeconds(index === 0 ? 'ba' : 'ab')],
    }));
    const { blocks, pairs } = measureAgreement(recordings, {
      ...settings,
      uniform: seeded('recordings'),
    });
    expect(blocks).toBe(10);
    expect(pairs[0]?.kappa.value).toBeCloseTo(0.8, 12);
    expect(pairs[0]?.kappa.interval?.[1]).toBe(1);
  });

  it('says each number in one plain sentence', () => {
    const agreement = measure(everyTenSeconds('aabbaabbab'), everyTenSeconds('aabbabbbab'));
    const [pair] = agreement.pairs;
    expect(pair && pairSentence(pair, ['Mia', 'Tom'])).toMatch(
      /^Mia and Tom: substantial agreement beyond chance \(Cohen's kappa 0\.80, 95 % interval 0\.\d\d to \d\.\d\d\), the same label in 90 % of the time that both labelled\.$/u,
    );
    // Half of them alike where half would be by chance: kappa is 0.
    const [chance] = measure(everyTenSeconds('aabb'), everyTenSeconds('abab')).pairs;
    expect(chance && pairSentence(chance, ['Mia', 'Tom'])).toMatch(/no agreement beyond chance/u);
    expect(alphaSentence(agreement)).toContain('tentative conclusions only');
    expect(alphaSentence(measure(everyTenSeconds('ab'), everyTenSeconds('ab')))).toContain(
      'build on',
    );
    expect(alphaSentence(measure(everyTenSeconds('aa'), everyTenSeconds('aa')))).toContain(
      'one label only',
    );
  });
});

describe('findDifferences', () => {
  it('gives whole stretches, to the sample, and passes over what one leaves unlabelled', () => {
    const annotators = [
      [span(0, 1, 'sad'), span(1, 2.5, 'angry'), span(3, 4, 'sad')],
      [span(0.25, 2, 'sad')],
      [span(0, 0.5, 'sad'), span(1.5, 2, 'sad')],
    ];
    expect(findDifferences({ name: 'a', annotators })).toEqual([
      { recording: 'a', start: 1, end: 1.5, labels: ['angry', 'sad', null] },
      { recording: 'a', start: 1.5, end: 2, labels: ['angry', 'sad', 'sad'] },
    ]);
  });

  const spans = fc
    .array(fc.tuple(fc.nat(50), fc.nat(9), fc.constantFrom('a', 'b', 'c')), { maxLength: 12 })
    .map((all) => all.map(([start, length, label]) => span(start, start + length, label)));

  it('flattens any spans into ones that do not overlap, the one that began last on top', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const flat = flatten(all);
        for (const [index, { start, end }] of flat.entries()) {
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(flat[index - 1]?.end ?? 0);
        }
        for (let time = 0.5; time < 60; time += 1) {
          const covering = all.filter(({ start, end }) => start <= time && time < end);
          const last = Math.max(...covering.map(({ start }) => start));
          const said = flat.find(({ start, end }) => start <= time && time < end)?.label;
          const possible = covering.filter(({ start }) => start === last).map(({ label }) => label);
          if (covering.length === 0) expect(said).toBeUndefined();
          else expect(possible).toContain(said);
        }
      }),
    );
  });
});
