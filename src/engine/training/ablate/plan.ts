import type { Recipe } from '../recipe.ts';
import { splitKinds, type SplitKind } from '../splits.ts';

/** One recipe on one kind of split. */
export interface Variant {
  readonly name: string;
  readonly split: SplitKind;
  readonly recipe: Recipe;
}

/** Two variants that differ in one thing. */
export interface Comparison {
  readonly question: string;
  /** Names of variants; the difference is the second's figure less the first's. */
  readonly from: string;
  readonly to: string;
}

export interface AblationPlan {
  readonly variants: readonly Variant[];
  readonly comparisons: readonly Comparison[];
}

/** Coefficients of the paper that the project starts from (arXiv 2411.09189). */
const coefficients = 40;

/**
 * What the paper compares: one layer and two of each size on both kinds of split; then, on unheard speakers,
 * dropout, cepstra in place of bands, and the length of a sequence - the same clips in steps of 10, 20 and 40 ms.
 */
export const topics = [
  'layers-32',
  'layers-64',
  'layers-128',
  'dropout',
  'spectrum',
  'steps',
] as const;
export type Topic = (typeof topics)[number];

/** The variants of some topics, each like `base` in everything else. */
export function planAblation(base: Recipe, chosen: readonly Topic[]): AblationPlan {
  const plans = chosen.flatMap((topic) => planners[topic](base));
  return {
    variants: plans.flatMap(({ variants }) => variants),
    comparisons: plans.flatMap(({ comparisons }) => comparisons),
  };
}

const planners: Readonly<Record<Topic, (base: Recipe) => readonly AblationPlan[]>> = {
  'layers-32': (base) => compareLayers(base, 32),
  'layers-64': (base) => compareLayers(base, 64),
  'layers-128': (base) => compareLayers(base, 128),
  dropout: (base) => [compareDropout(base)],
  spectrum: (base) => [compareSpectra(base)],
  steps: (base) => [compareSteps(base)],
};

function compareLayers(base: Recipe, units: number): readonly AblationPlan[] {
  const withUnits = (own: Recipe['network']['units']): Recipe => ({
    ...base,
    network: { ...base.network, residual: false, units: own },
  });
  return splitKinds.map((split) => {
    const one = { name: `1 x ${units}, ${split}`, split, recipe: withUnits([units]) };
    const two = { name: `2 x ${units}, ${split}`, split, recipe: withUnits([units, units]) };
    return chain([one, two], [`a second layer of ${units} units, ${split} split`]);
  });
}

function compareDropout(base: Recipe): AblationPlan {
  const withDropout = (dropout: number): Variant => ({
    name: `dropout ${dropout}`,
    split: 'speaker',
    recipe: { ...base, network: { ...base.network, dropout } },
  });
  return chain([0, 0.25, 0.5].map(withDropout), ['dropout 0.25', 'dropout 0.5 in place of 0.25']);
}

function compareSpectra(base: Recipe): AblationPlan {
  const { bands } = base.features.spectrum;
  const withSpectrum = (name: string, spectrum: Recipe['features']['spectrum']): Variant => ({
    name,
    split: 'speaker',
    recipe: { ...base, features: { ...base.features, spectrum } },
  });
  const cepstra = { kind: 'mfcc', bands, coefficients: Math.min(coefficients, bands) } as const;
  const variants = [
    withSpectrum('log-mel bands', { kind: 'log-mel', bands }),
    withSpectrum('MFCC', cepstra),
  ];
  return chain(variants, ['MFCC in place of log-mel bands']);
}

function compareSteps(base: Recipe): AblationPlan {
  const withStride = (stride: number): Variant => ({
    name: `steps of ${stride * 10} ms`,
    split: 'speaker',
    recipe: { ...base, features: { ...base.features, stride } },
  });
  const questions = ['half as many steps, of 20 ms', 'a quarter of the steps, of 40 ms'];
  return chain([1, 2, 4].map(withStride), questions);
}

/** Each variant compared with the one before it. */
function chain(variants: readonly Variant[], questions: readonly string[]): AblationPlan {
  const comparisons = questions.map((question, index) => ({
    question,
    from: variants[index]?.name ?? '',
    to: variants[index + 1]?.name ?? '',
  }));
  return { variants, comparisons };
}
