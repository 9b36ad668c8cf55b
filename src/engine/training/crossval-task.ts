import type { Corpus } from './corpora/clip.ts';
import type { Recipe } from './recipe.ts';
import type { SplitKind } from './splits.ts';

export interface CrossvalTask {
  readonly corpora: readonly Corpus[];
  readonly recipe: Recipe;
  readonly folds: number;
  readonly seeds: readonly number[];
  /** The only folds to train and test, counted from 0; all where absent. */
  readonly onlyFolds?: readonly number[] | undefined;
  readonly split: SplitKind;
  /** File of finished runs, one JSON line each; what it has of this very task is not done again. */
  readonly record: string;
  /** Whether each run's network is kept beside the record, for further studies; by default it is. */
  readonly keepNetworks?: boolean | undefined;
  /** Trainings at a time, each in a process of its own; one, in this process, by default. */
  readonly jobs?: number | undefined;
  readonly onProgress?: ((progress: CrossvalProgress) => void) | undefined;
}

export type CrossvalProgress =
  | { readonly kind: 'features'; readonly done: number; readonly of: number }
  | {
      readonly kind: 'training';
      readonly run: number;
      readonly runs: number;
      readonly epoch: number;
      readonly epochs: number;
      readonly loss: number;
      readonly validationUar: number | null;
      /** Of all runs together. */
      readonly secondsLeft: number;
    };

/** Which of the runs a process does: those whose number leaves `index` when divided by `of`. */
export interface Share {
  readonly index: number;
  readonly of: number;
}
