import { groupBy } from '../group-by.ts';
import type { Random } from '../random.ts';
import { isHeard, type Sample } from '../dataset.ts';
import type { RehearsalClip } from './file.ts';

/** Clips of each label that every trained speaker gives: enough to remember by, little enough to ship. */
const clipsOfEach = 2;

/**
 * What a model takes along for later retraining: a few clips of each trained speaker and label to rehearse,
 * and all clips of the speakers held out, to check on people whom no training ever heard.
 */
export function chooseRehearsal(
  train: readonly Sample[],
  heldOut: readonly Sample[],
  random: Random,
): readonly RehearsalClip[] {
  const groups = groupBy(train.filter(isHeard), ({ speaker, label }) => `${speaker} ${label}`);
  const rehearsed = [...groups.values()].flatMap((own) =>
    random.shuffled(own).slice(0, clipsOfEach),
  );
  return [
    ...rehearsed.flatMap((sample) => toClip(sample, 'rehearse')),
    ...heldOut.filter(isHeard).flatMap((sample) => toClip(sample, 'check')),
  ];
}

function toClip(
  { label, speaker, versions }: Sample,
  part: RehearsalClip['part'],
): readonly RehearsalClip[] {
  return versions.slice(0, 1).map(({ raw, speech }) => ({ label, speaker, part, raw, speech }));
}
