import { scopes, type Scope } from '#engine/clips/classify.ts';
import { crossValidate, type CrossvalProgress, type CrossvalReport } from '../crossval.ts';
import type { ScopeSummary } from '../crossval-report.ts';
import type { CrossvalTask } from '../crossval-task.ts';
import type { TrainingTools } from '../training-data.ts';
import { measureLatency } from './latency.ts';
import { pairedDifference, type PairedDifference } from './paired.ts';
import { planAblation, type Comparison, type Topic, type Variant } from './plan.ts';

/** A cross-validation of each variant; the recipe is what all have in common. */
export interface AblationTask extends Omit<CrossvalTask, 'split' | 'keepNetworks' | 'onProgress'> {
  readonly topics: readonly Topic[];
  readonly onProgress?: ((progress: AblationProgress) => void) | undefined;
}

export interface AblationProgress {
  readonly variant: string;
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
  readonly step: CrossvalProgress;
}

interface VariantResult {
  readonly name: string;
  readonly recipe: Variant['recipe'];
  readonly split: Variant['split'];
  readonly summary: Readonly<Record<Scope, Pick<ScopeSummary, 'uar' | 'accuracy' | 'byFold'>>>;
  /** For three seconds, in milliseconds. */
  readonly latency: number;
}

interface ComparisonResult extends Comparison {
  /** Of the UAR, over runs of the same fold and seed. */
  readonly difference: Readonly<Record<Scope, PairedDifference>>;
}

export interface AblationReport {
  readonly kind: 'ablation';
  readonly code: readonly string[];
  readonly data: CrossvalReport['data'];
  readonly folds: number;
  readonly seeds: readonly number[];
  readonly variants: readonly VariantResult[];
  readonly comparisons: readonly ComparisonResult[];
}

/**
 * Cross-validates all variants of a plan on the same folds and seeds and compares them run by run. Can be
 * stopped at any time: finished runs are on the record.
 * @throws split-leaks, corpus-invalid, the signal's reason
 */
export async function ablate(task: AblationTask, tools: TrainingTools): Promise<AblationReport> {
  const { variants, comparisons } = planAblation(task.recipe, task.topics);
  const reports = new Map<string, CrossvalReport>();
  const results: VariantResult[] = [];
  for (const variant of variants) {
    const report = await crossValidate(
      {
        ...task,
        keepNetworks: false,
        recipe: variant.recipe,
        split: variant.split,
        onProgress: (step) =>
          task.onProgress?.({
            variant: variant.name,
            number: results.length + 1,
            of: variants.length,
            step,
          }),
      },
      tools,
    );
    reports.set(variant.name, report);
    results.push(await describeVariant(variant, report));
  }
  const all = [...reports.values()];
  const [first] = all;
  if (first === undefined) throw new Error('an ablation without variants');
  return {
    kind: 'ablation',
    code: [...new Set(all.flatMap(({ code }) => code))],
    data: first.data,
    folds: task.folds,
    seeds: task.seeds,
    variants: results,
    comparisons: comparisons.map((comparison) => compare(comparison, reports, task.folds)),
  };
}

async function describeVariant(
  { name, recipe, split }: Variant,
  { summary, labels }: CrossvalReport,
): Promise<VariantResult> {
  const pick = ({ uar, accuracy, byFold }: ScopeSummary): VariantResult['summary'][Scope] => ({
    uar,
    accuracy,
    byFold,
  });
  const latency = await measureLatency(recipe, labels);
  const figures = { clip: pick(summary.clip), speaker: pick(summary.speaker) };
  return { name, recipe, split, summary: figures, latency };
}

function compare(
  comparison: Comparison,
  reports: ReadonlyMap<string, CrossvalReport>,
  folds: number,
): ComparisonResult {
  const from = reports.get(comparison.from)?.runs ?? [];
  const to = reports.get(comparison.to)?.runs ?? [];
  const differenceOf = (scope: Scope): PairedDifference => {
    const differences = from.map((run) => {
      const other = to.find(({ fold, seed }) => fold === run.fold && seed === run.seed);
      if (other === undefined) throw new Error(`${comparison.to} has no such run`);
      return other.scores[scope].uar - run.scores[scope].uar;
    });
    return pairedDifference(differences, folds);
  };
  const [clip, speaker] = scopes.map(differenceOf);
  if (clip === undefined || speaker === undefined) throw new Error('a scope is missing');
  return { ...comparison, difference: { clip, speaker } };
}
