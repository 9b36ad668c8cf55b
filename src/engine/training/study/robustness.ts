import { answerOf } from '#engine/clips/classify.ts';
import { decodeClip, hearSound, speechFeatures } from '#engine/clips/hear-clip.ts';
import { modelInput } from '#engine/features/model-input.ts';
import { measureProfile } from '#engine/features/profile.ts';
import type { Predictor } from '#engine/model/predict.ts';
import type { Clip } from '../corpora/clip.ts';
import { bootstrapUar, score, type Judgement } from '../metrics.ts';
import type { TrainingTools } from '../training-data.ts';
import { availableConditions, type Condition } from './conditions.ts';
import { withPredictor, type Fold } from './folds.ts';

interface RobustnessRow {
  readonly condition: string;
  readonly clips: number;
  readonly speakers: number;
  readonly uar: number;
  /** 95 %, over speakers. */
  readonly uarInterval: readonly [low: number, high: number];
  readonly accuracy: number;
  /** Clips in which no speech was heard any more; they count as wrong. */
  readonly unheard: number;
}

export interface Robustness {
  readonly rows: readonly RobustnessRow[];
  /** Conditions that could not be made, with the reason. */
  readonly leftOut: readonly string[];
}

type Tools = Pick<TrainingTools, 'voiceActivity' | 'signal'>;

/** How right the networks of a cross-validation are about their test speakers when the sound is worse. */
export async function studyRobustness(
  folds: readonly Fold[],
  tools: Tools,
  onProgress?: (done: number, of: number) => void,
): Promise<Robustness> {
  const { conditions, leftOut } = await availableConditions();
  const judgements = new Map(conditions.map(({ name }) => [name, [] as Judgement[]]));
  const total = folds.reduce((sum, { test }) => sum + test.length, 0);
  let done = 0;
  let labelCount = 0;
  for (const { folder, test } of folds) {
    await withPredictor(folder, async (predictor) => {
      labelCount = predictor.card.labels.length;
      for (const clip of test) {
        tools.signal?.throwIfAborted();
        for (const [name, judged] of await judgeClip(clip, conditions, predictor, tools)) {
          judgements.get(name)?.push(judged);
        }
        done += 1;
        onProgress?.(done, total);
      }
    });
  }
  const rows = [...judgements].map(([condition, own]) => describe(condition, own, labelCount));
  return { rows, leftOut };
}

async function judgeClip(
  clip: Clip,
  conditions: readonly Condition[],
  predictor: Predictor,
  { voiceActivity, signal }: Tools,
): Promise<readonly (readonly [condition: string, judgement: Judgement])[]> {
  const samples = await decodeClip(clip.path, signal);
  const { spans } = await hearSound(samples, voiceActivity);
  const judged: [string, Judgement][] = [];
  for (const condition of conditions) {
    const probabilities = await listen(
      condition,
      { samples, spans },
      clip,
      predictor,
      voiceActivity,
    );
    const truth = predictor.card.labels.indexOf(clip.label);
    judged.push([condition.name, { truth, speaker: clip.speaker, probabilities }]);
  }
  return judged;
}

async function listen(
  condition: Condition,
  sound: Parameters<Condition['apply']>[0],
  clip: Clip,
  predictor: Predictor,
  voiceActivity: Tools['voiceActivity'],
): Promise<Float32Array | null> {
  const { features } = predictor.card;
  const worse = await condition.apply(sound, clip.group);
  const heard = await hearSound(worse, voiceActivity);
  const recording = await speechFeatures(heard, features);
  const input = modelInput(features, recording.raw, measureProfile(features, [recording]));
  return (await answerOf(input, predictor)).probabilities;
}

function describe(
  condition: string,
  judgements: readonly Judgement[],
  labelCount: number,
): RobustnessRow {
  const { clips, uar, accuracy, speakers } = score(judgements, labelCount);
  return {
    condition,
    clips,
    speakers: speakers.length,
    uar,
    uarInterval: bootstrapUar(speakers, labelCount),
    accuracy,
    unheard: judgements.filter(({ probabilities }) => probabilities === null).length,
  };
}
