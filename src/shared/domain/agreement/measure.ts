import { cohensKappa, fleissKappa, krippendorffsAlpha, type Statistic } from './statistics.ts';
import { flatten, labelFinder, type RatedRecording } from './timeline.ts';

export interface Estimate {
  readonly value: number | null;
  /** 95 %; null where there are too few blocks to draw from. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface PairAgreement {
  /** Indices of the two annotators. */
  readonly annotators: readonly [number, number];
  readonly kappa: Estimate;
  /** Share of the units that both labelled in which they say the same; null where there are none. */
  readonly same: number | null;
  /** Seconds that both labelled. */
  readonly seconds: number;
}

export interface Agreement {
  readonly labels: readonly string[];
  readonly pairs: readonly PairAgreement[];
  /** Of all annotators together. */
  readonly fleiss: Estimate;
  readonly alpha: Estimate;
  /** What the intervals were drawn over. */
  readonly blocks: number;
}

export interface AgreementSettings {
  /** What counts as one judgement: a unit has the label that it has in its middle. */
  readonly unitSeconds: number;
  /** Neighbouring units are alike, so that intervals are drawn over blocks of this length, not over units. */
  readonly blockSeconds: number;
  readonly rounds: number;
  /** Uniform in `[0, 1)`; a seeded one gives the same intervals again. */
  readonly uniform: () => number;
}

/** From this many on, whole recordings are the blocks: what is in one recording hangs together. */
const recordingsAsBlocks = 10;
const maxBlocks = 1000;

/** The codes of the annotators for each unit of a block. */
type Block = readonly (readonly number[])[];

/** Agreement of annotators over units of time. */
export function measureAgreement(
  recordings: readonly RatedRecording[],
  settings: AgreementSettings,
): Agreement {
  const count = recordings[0]?.annotators.length ?? 0;
  const labels = [
    ...new Set(recordings.flatMap(({ annotators }) => annotators.flat().map(({ label }) => label))),
  ].sort();
  const blocks = blocksOf(recordings, labels, settings);
  const estimate = (statistic: Statistic): Estimate => estimateOver(blocks, statistic, settings);
  const pairs = pairsOf(count).map((annotators): PairAgreement => {
    const [a, b] = annotators;
    const both = blocks.flat().filter((codes) => (codes[a] ?? -1) >= 0 && (codes[b] ?? -1) >= 0);
    const same = both.filter((codes) => codes[a] === codes[b]).length;
    return {
      annotators,
      kappa: estimate(cohensKappa(labels.length, a, b)),
      same: both.length > 0 ? same / both.length : null,
      seconds: both.length * settings.unitSeconds,
    };
  });
  return {
    labels,
    pairs,
    fleiss: estimate(fleissKappa(labels.length, count)),
    alpha: estimate(krippendorffsAlpha(labels.length)),
    blocks: blocks.length,
  };
}

function pairsOf(count: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, a) =>
    Array.from({ length: count - a - 1 }, (_, b) => [a, a + 1 + b] as const),
  ).flat();
}

function blocksOf(
  recordings: readonly RatedRecording[],
  labels: readonly string[],
  { unitSeconds, blockSeconds }: AgreementSettings,
): readonly Block[] {
  const codeOf = new Map(labels.map((label, index) => [label, index]));
  const units = recordings.map(({ annotators }) => unitsOf(annotators, codeOf, unitSeconds));
  if (recordings.length >= recordingsAsBlocks) return units;
  const total = units.reduce((sum, own) => sum + own.length, 0);
  const size = Math.max(1, Math.round(blockSeconds / unitSeconds), Math.ceil(total / maxBlocks));
  return units.flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / size) }, (_, index) =>
      own.slice(index * size, (index + 1) * size),
    ),
  );
}

/** Units that at least one annotator labelled; the others say nothing about agreement. */
function unitsOf(
  annotators: RatedRecording['annotators'],
  codeOf: ReadonlyMap<string, number>,
  unitSeconds: number,
): Block {
  const finders = annotators.map((spans) => labelFinder(flatten(spans)));
  const end = annotators.flat().reduce((latest, span) => Math.max(latest, span.end), 0);
  const units: number[][] = [];
  for (let unit = 0; unit * unitSeconds < end; unit += 1) {
    const codes = finders.map((find) => codeOf.get(find((unit + 0.5) * unitSeconds) ?? '') ?? -1);
    if (codes.some((code) => code >= 0)) units.push(codes);
  }
  return units;
}

/** The statistic of all blocks, with a percentile interval of a bootstrap over them. */
function estimateOver(
  blocks: readonly Block[],
  statistic: Statistic,
  { rounds, uniform }: AgreementSettings,
): Estimate {
  const parts = blocks.map((block) => {
    const sums = new Float64Array(statistic.size);
    for (const codes of block) statistic.add(sums, codes);
    return sums;
  });
  const value = statistic.value(sumOf(parts, statistic.size));
  if (value === null || parts.length < 2) return { value, interval: null };
  const drawn = Array.from({ length: rounds }, () => {
    const sample = parts.map(
      () => parts[Math.floor(uniform() * parts.length)] ?? new Float64Array(),
    );
    return statistic.value(sumOf(sample, statistic.size));
  })
    .filter((estimate) => estimate !== null)
    .sort((a, b) => a - b);
  const low = drawn[Math.floor(drawn.length * 0.025)];
  const high = drawn[Math.floor(drawn.length * 0.975)];
  return { value, interval: low === undefined || high === undefined ? null : [low, high] };
}

function sumOf(parts: readonly Float64Array[], size: number): Float64Array {
  const sums = new Float64Array(size);
  for (const part of parts) {
    for (const [index, count] of part.entries()) sums[index] = (sums[index] ?? 0) + count;
  }
  return sums;
}
