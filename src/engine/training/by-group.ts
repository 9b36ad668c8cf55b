import type { GroupScores } from '#engine/model/card-studies.ts';
import type { Clip } from './corpora/clip.ts';
import { groupBy } from './group-by.ts';
import { bootstrapAccuracy, bootstrapUar, score, type Judgement, type Scores } from './metrics.ts';

interface JudgedClip {
  readonly clip: Pick<Clip, 'sex' | 'traits'>;
  readonly judgement: Judgement;
}

const leastClips = 20;
/** What has more values than this is a note or a number of each clip, and makes no groups. */
const mostGroups = 20;

/** By each trait that parts the clips; a clip of which it is not known is in none of its groups. */
export function scoreByGroup(
  judged: readonly JudgedClip[],
  labelCount: number,
): readonly GroupScores[] {
  const traits = new Set(judged.flatMap(({ clip }) => Object.keys(traitsOf(clip))));
  return [...traits].flatMap((by) => {
    const known = judged.filter(({ clip }) => (traitsOf(clip)[by] ?? '') !== '');
    const groups = groupBy(known, ({ clip }) => traitsOf(clip)[by] ?? '');
    if (groups.size < 2 || groups.size > mostGroups) return [];
    const scored = [...groups].map(([name, own]) => ({ name, scores: scoreOf(own, labelCount) }));
    const present = labelsOf(scoreOf(known, labelCount));
    const isWhole = scored.every(({ scores }) => labelsOf(scores) === present);
    return [compare(by, isWhole ? 'uar' : 'accuracy', scored, labelCount)];
  });
}

function traitsOf({ sex, traits }: JudgedClip['clip']): Clip['traits'] {
  return sex === 'unknown' ? traits : { sex, ...traits };
}

function scoreOf(judged: readonly JudgedClip[], labelCount: number): Scores {
  return score(
    judged.map(({ judgement }) => judgement),
    labelCount,
  );
}

/** How many labels occur. */
function labelsOf({ recall }: Scores): number {
  return recall.filter((value) => value !== null).length;
}

function compare(
  by: string,
  measure: GroupScores['measure'],
  scored: readonly { readonly name: string; readonly scores: Scores }[],
  labelCount: number,
): GroupScores {
  const bootstrap = measure === 'uar' ? bootstrapUar : bootstrapAccuracy;
  const groups = scored.map(({ name, scores }): GroupScores['groups'][number] => ({
    name,
    clips: scores.clips,
    speakers: scores.speakers.length,
    value: scores[measure],
    interval: scores.speakers.length < 2 ? null : bootstrap(scores.speakers, labelCount),
    isReliable: scores.clips >= leastClips,
  }));
  const values = groups.filter(({ isReliable }) => isReliable).map(({ value }) => value);
  return {
    by,
    measure,
    groups: groups.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    difference: values.length < 2 ? null : Math.max(...values) - Math.min(...values),
  };
}
