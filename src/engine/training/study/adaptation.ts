import { loadModel } from '#engine/model/folder/load.ts';
import type { Clip } from '../corpora/clip.ts';
import { groupBy } from '../group-by.ts';
import { loadCorrections } from '../finetune/corrections.ts';
import { learn, type Lesson } from '../finetune/learn.ts';
import { judge } from '../judge.ts';
import { score } from '../metrics.ts';
import { createRandom } from '../random.ts';
import { readRehearsal } from '../rehearsal/file.ts';
import { rehearsalSamples } from '../rehearsal/samples.ts';
import type { TrainingTools } from '../training-data.ts';
import type { Sample } from '../dataset.ts';
import type { Fold } from './folds.ts';
import { wholeClips } from './whole-clips.ts';

/** One speaker after so many corrected clips. */
export interface AdaptationRow {
  readonly speaker: string;
  readonly corrected: number;
  /** On the half of the speaker's clips that was never corrected. */
  readonly uar: number;
  /** On clips of speakers whom neither training nor correcting heard. */
  readonly others: number;
}

/** RAVDESS has 60 clips of a speaker: half of them are corrected at most, the other half judges. */
export const correctedCounts: readonly number[] = [0, 8, 16, 30];

/**
 * What correcting buys: a network that never heard a speaker, before and after it has learnt from some of the
 * speaker's clips, on the other half of them and on everybody else.
 */
export async function studyAdaptation(
  folds: readonly Fold[],
  counts: readonly number[],
  seed: number,
  tools: TrainingTools,
  onProgress?: (done: number, of: number) => void,
): Promise<readonly AdaptationRow[]> {
  const rows: AdaptationRow[] = [];
  const speakers = folds.flatMap(({ folder, test }) =>
    [...groupBy(test, ({ speaker }) => speaker)].map(([speaker, own]) => ({
      folder,
      speaker,
      own,
    })),
  );
  for (const { folder, speaker, own } of speakers) {
    rows.push(...(await adapt(folder, speaker, own, counts, seed, tools)));
    onProgress?.(rows.length, speakers.length * counts.length);
  }
  return rows;
}

async function adapt(
  folder: string,
  speaker: string,
  clips: readonly Clip[],
  counts: readonly number[],
  seed: number,
  tools: TrainingTools,
): Promise<readonly AdaptationRow[]> {
  const { network, card } = await loadModel(folder);
  const { features, labels } = card;
  try {
    const samples = await loadCorrections(wholeClips(clips), features, tools);
    const order = createRandom(seed, 'adaptation', speaker).shuffled(samples);
    const [corrected, judged] = [order.slice(0, order.length / 2), order.slice(order.length / 2)];
    const known = await readRehearsal(folder, features);
    const part = (kind: 'rehearse' | 'check'): readonly Sample[] =>
      rehearsalSamples(
        known.filter((clip) => clip.part === kind),
        features,
      );
    const others = part('check');
    const uarOn = async (of: typeof network, on: readonly Sample[]): Promise<number> => {
      const hearing = { network: of, settings: features, labels };
      return score(await judge(hearing, on, 'clip', card.temperature), labels.length).uar;
    };
    const lesson: Lesson = {
      config: network.config,
      start: network.weights(),
      labels,
      features,
      seed,
      rehearsal: part('rehearse'),
      signal: tools.signal,
    };
    const rows: AdaptationRow[] = [];
    for (const count of counts) {
      const learnt = count === 0 ? network : await learn(lesson, corrected.slice(0, count));
      rows.push({
        speaker,
        corrected: count,
        uar: await uarOn(learnt, judged),
        others: await uarOn(learnt, others),
      });
      if (learnt !== network) learnt.dispose();
    }
    return rows;
  } finally {
    network.dispose();
  }
}
