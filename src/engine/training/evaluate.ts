import { classifyClips, type ClassifyTools, type Scope } from '#engine/clips/classify.ts';
import type { GroupScores } from '#engine/model/card-studies.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import { scoreByGroup } from './by-group.ts';
import { codeVersion } from './code-version.ts';
import { speakerName, type Clip, type Corpus } from './corpora/clip.ts';
import { groupBy } from './group-by.ts';
import { bootstrapUar, score, type Judgement, type Scores } from './metrics.ts';
import { hashData } from './training-data.ts';

export interface EvaluateOptions {
  /** Names of the only speakers to test, as the corpus has them; all where absent. */
  readonly speakers?: readonly string[] | undefined;
  readonly scope: Scope;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Evaluation {
  readonly kind: 'evaluation';
  readonly model: string;
  /** Version of the code that judged. */
  readonly code: string;
  readonly data: { readonly clips: number; readonly hash: string };
  readonly corpus: string;
  readonly scope: Scope;
  readonly speakers: readonly string[];
  readonly labels: readonly string[];
  readonly scores: Omit<Scores, 'speakers'>;
  /** Of the UAR: 95 %, bootstrap over speakers. */
  readonly uarInterval: readonly [low: number, high: number];
  readonly byGroup: readonly GroupScores[];
  /** Clips left out because the model has no such label, by label. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Clips in which no speech was heard; they count as wrong. */
  readonly unheard: number;
}

/**
 * How right a model is about a corpus. Clips take the very path of `classify`: what is counted here is what a
 * person gets.
 * @throws corpus-invalid where no clip is left to test, and what decoding throws where a clip cannot be read
 */
export async function evaluateModel(
  corpus: Corpus,
  tools: ClassifyTools,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { card } = tools.predictor;
  const chosen = chooseSpeakers(corpus, options.speakers);
  const known = chosen.filter(({ label }) => card.labels.includes(label));
  if (known.length === 0) {
    throw new UndertoneError('corpus-invalid', {
      subject: corpus.folder,
      detail: 'none of the labels chosen is one that the model knows',
    });
  }
  const judged = await judgeClips(known, tools, options);
  const judgements = judged.map(({ judgement }) => judgement);
  const { speakers, ...scores } = score(judgements, card.labels.length);
  return {
    kind: 'evaluation',
    model: card.id,
    code: await codeVersion(),
    data: { clips: judged.length, hash: hashData(judged.map(({ sound }) => sound)) },
    corpus: corpus.kind,
    scope: options.scope,
    speakers: [...new Set(known.map(speakerName))].sort(),
    labels: card.labels,
    scores,
    uarInterval: bootstrapUar(speakers, card.labels.length),
    byGroup: scoreByGroup(judged, card.labels.length),
    leftOut: countLabels(chosen.filter((clip) => !known.includes(clip))),
    unheard: judgements.filter(({ probabilities }) => probabilities === null).length,
  };
}

function chooseSpeakers(
  { clips, folder }: Corpus,
  names: readonly string[] | undefined,
): readonly Clip[] {
  if (names === undefined) return clips;
  const missing = names.filter((name) => !clips.some((clip) => speakerName(clip) === name));
  if (missing.length > 0) {
    throw new UndertoneError('corpus-invalid', {
      subject: folder,
      detail: `it has no speaker ${missing.join(', ')}`,
    });
  }
  return clips.filter((clip) => names.includes(speakerName(clip)));
}

export interface Judged {
  readonly clip: Clip;
  readonly judgement: Judgement;
  readonly sound: Parameters<typeof hashData>[0][number];
}

/** What `classify` says of clips, and what is right; of no label of the model's where `truth` is -1. */
export async function judgeClips(
  clips: readonly Clip[],
  tools: ClassifyTools,
  { scope, onProgress, signal }: Omit<EvaluateOptions, 'speakers'>,
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const own of groupBy(clips, ({ speaker }) => speaker).values()) {
    const before = judged.length;
    const outcomes = await classifyClips(
      own.map(({ path }) => path),
      tools,
      { scope, signal, onProgress: (done) => onProgress?.(before + done, clips.length) },
    );
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind === 'failed') throw outcome.error;
      const clip = own[index];
      if (clip === undefined) continue;
      const { label, speaker } = clip;
      const { soundHash, answer } = outcome;
      const truth = tools.predictor.card.labels.indexOf(label);
      judged.push({
        clip,
        judgement: { truth, speaker, probabilities: answer.probabilities },
        sound: { soundHash, label, speaker },
      });
    }
  }
  return judged;
}

function countLabels(clips: readonly Clip[]): Readonly<Record<string, number>> {
  const groups = groupBy(clips, ({ label }) => label);
  return Object.fromEntries([...groups].map(([label, own]) => [label, own.length]));
}
