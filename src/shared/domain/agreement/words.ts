import type { Agreement, Estimate, PairAgreement } from './measure.ts';

/** One plain sentence for each number. Strengths are named as Landis and Koch (1977) do. */
export function pairSentence(
  { annotators, kappa, same }: PairAgreement,
  names: readonly string[],
): string {
  const [a, b] = annotators.map((index) => names[index] ?? '');
  if (same === null) return `${a ?? ''} and ${b ?? ''} have labelled no moment both.`;
  const share = `the same label in ${percent(same)} of the time that both labelled`;
  return `${a ?? ''} and ${b ?? ''}: ${strength(kappa)} (Cohen's kappa ${tell(kappa)}), ${share}.`;
}

export function fleissSentence({ fleiss }: Agreement, count: number): string {
  if (fleiss.value === null) {
    return `All ${count} annotators together: Fleiss' kappa is not defined, because no moment has a label of each of them, or there is one label only.`;
  }
  return `All ${count} annotators together, where all of them labelled: ${strength(fleiss)} (Fleiss' kappa ${tell(fleiss)}).`;
}

/** Krippendorff (2004) asks for 0.800, and for 0.667 where conclusions are tentative. */
export function alphaSentence({ alpha }: Agreement): string {
  const { value } = alpha;
  const advice =
    value === null
      ? 'it cannot be computed, because there is one label only'
      : value >= 0.8
        ? 'good enough to build on'
        : value >= 0.667
          ? 'good enough for tentative conclusions only'
          : 'too low to draw conclusions from';
  return `Krippendorff's alpha ${tell(alpha)}: ${advice}.`;
}

function strength({ value }: Estimate): string {
  if (value === null) {
    return 'agreement beyond chance cannot be computed, because there is one label only';
  }
  // As it is written, with two digits.
  if (Math.abs(value) < 0.005) return 'no agreement beyond chance';
  if (value < 0) return 'less agreement than chance would give';
  const scale = [
    [0.2, 'slight'],
    [0.4, 'fair'],
    [0.6, 'moderate'],
    [0.8, 'substantial'],
  ] as const;
  const word = scale.find(([limit]) => value <= limit)?.[1] ?? 'almost perfect';
  return `${word} agreement beyond chance`;
}

function tell({ value, interval }: Estimate): string {
  if (value === null) return 'not defined';
  if (interval === null) return value.toFixed(2);
  return `${value.toFixed(2)}, 95 % interval ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
