import type { Scope } from '#engine/clips/classify.ts';
import { bootstrapMean } from '#shared/domain/bootstrap.ts';
import type { Comparison, Figures } from '#shared/domain/comparison.ts';
import { isHeard, type Sample } from '../dataset.ts';
import { judge, type Hearing } from '../judge.ts';
import { score, type Judgement } from '../metrics.ts';
import { createRandom } from '../random.ts';

export interface Judge {
  readonly hearing: Hearing;
  readonly temperature: number;
}

const scope: Scope = 'clip';

/** Null where there is nothing to compare on. A label that the older model lacks is one that it gets wrong. */
export async function compare(
  before: Judge,
  after: Judge,
  samples: readonly Sample[],
): Promise<Comparison | null> {
  const heard = samples.filter(isHeard);
  if (heard.length === 0) return null;
  const [old, fresh] = [await judged(before, heard), await judged(after, heard)];
  const random = createRandom('gain', heard.length);
  const gains = fresh.map((one, index) => Number(isRight(one)) - Number(isRight(old[index])));
  return {
    clips: heard.length,
    before: figures(old, before),
    after: figures(fresh, after),
    gainInterval: bootstrapMean(gains, () => random.uniform()),
  };
}

function judged(
  { hearing, temperature }: Judge,
  samples: readonly Sample[],
): Promise<readonly Judgement[]> {
  return judge(hearing, samples, scope, temperature);
}

/** What a model has no label for counts as wrong, in a row of its own. */
function figures(judgements: readonly Judgement[], { hearing }: Judge): Figures {
  const unknown = hearing.labels.length;
  const rows = judgements.map((one) => (one.truth < 0 ? { ...one, truth: unknown } : one));
  const { uar, accuracy } = score(rows, unknown + 1);
  return { uar, accuracy };
}

function isRight(judgement: Judgement | undefined): boolean {
  const { truth, probabilities } = judgement ?? { truth: -1, probabilities: null };
  if (probabilities === null || truth < 0) return false;
  const best = Math.max(...probabilities);
  return probabilities[truth] === best;
}
