import { windowInputs } from '#engine/analysis/window-inputs.ts';
import type { Matrix } from '#engine/features/matrix.ts';
import type { Profile } from '#engine/features/profile.ts';
import type { Predictor } from '#engine/model/predict.ts';
import {
  cellCount,
  planWindows,
  speechShares,
  type Grid,
  type Window,
} from '#engine/timeline/windows.ts';
import type { LiveCells } from '#shared/contract/live.ts';
import type { Span } from '#shared/domain/time.ts';

/** What is known of a section; spans are samples of it. */
export interface Heard {
  readonly rows: Matrix;
  readonly stretches: readonly Span[];
  readonly grid: Grid;
  readonly profile: Profile;
}

type JudgedCells = Pick<LiveCells, 'probabilities' | 'speech'>;

/**
 * Judges the cells of a section from `first` on.
 *
 * @param start samples before the section
 */
type JudgeWindows = (heard: Heard, first: number, start: number) => Promise<JudgedCells>;

/**
 * Cells at the end of a stretch that goes on share one window, and one that has moved out of the way of the end
 * stays as it is: of all that is told at once, only a window or two are new to the model.
 */
export function createWindowJudge(predictor: Predictor): JudgeWindows {
  const { features, labels } = predictor.card;
  let known: ReadonlyMap<string, Float32Array> = new Map();

  return async ({ rows, stretches, grid, profile }, first, start) => {
    const windows = planWindows(stretches, grid).filter(({ cell }) => cell >= first);
    const named = new Map<string, Window>();
    for (const window of windows) named.set(nameOf(window, start), window);
    const fresh = [...named].filter(([name]) => !known.has(name));
    const answers = new Map([...known].filter(([name]) => named.has(name)));
    if (fresh.length > 0) {
      const store = rowStore(rows);
      const inputs = await windowInputs(
        features,
        store,
        profile,
        fresh.map(([, window]) => window),
      );
      const predicted = await predictor.predict(inputs);
      fresh.forEach(([name], index) => answers.set(name, predicted[index] ?? new Float32Array(0)));
    }
    known = answers;
    const probabilities = new Float32Array((cellCount(grid) - first) * labels.length);
    for (const window of windows) {
      const answer = answers.get(nameOf(window, start)) ?? [];
      probabilities.set(answer, (window.cell - first) * labels.length);
    }
    return { probabilities, speech: speechShares(stretches, grid).slice(first) };
  };
}

function nameOf({ start, end }: Span, before: number): string {
  return `${before + start} ${before + end}`;
}

function rowStore({ rows, columns, data }: Matrix): Parameters<typeof windowInputs>[1] {
  return {
    rows: () => rows,
    read: (from, to) =>
      Promise.resolve(data.subarray(from * columns, Math.min(to, rows) * columns)),
  };
}
