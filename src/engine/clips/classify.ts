import { noSpeech, type Label } from '#shared/domain/label.ts';
import type { VoiceActivity } from '#engine/audio/voice-activity.ts';
import { hopSize, sampleRate } from '#engine/features/frames.ts';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import { modelInput } from '#engine/features/model-input.ts';
import { measureProfile, type MeasuredRecording } from '#engine/features/profile.ts';
import { hearClip, speechFeatures } from './hear-clip.ts';
import type { Predictor } from '#engine/model/predict.ts';

/** Whose speech is made equal before the model hears it: each clip's own, or that of all clips of a speaker. */
export const scopes = ['clip', 'speaker'] as const;
export type Scope = (typeof scopes)[number];

export interface ClipAnswer {
  /** The likeliest label, or `no speech`. */
  readonly label: Label;
  /** The label's probability; 1 where there is no speech. */
  readonly confidence: number;
  /** In the order of the card's labels; null where there is no speech. */
  readonly probabilities: Float32Array | null;
}

/** What became of one file; one that cannot be read does not keep the others from being heard. */
export type ClipOutcome =
  | {
      readonly kind: 'classified';
      readonly path: string;
      readonly answer: ClipAnswer;
      /** Of the decoded sound: the same clip under any name. */
      readonly soundHash: string;
    }
  | { readonly kind: 'failed'; readonly path: string; readonly error: unknown };

export interface ClassifyTools {
  readonly predictor: Predictor;
  readonly voiceActivity: VoiceActivity;
}

export interface ClassifyOptions {
  readonly scope: Scope;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The emotion expressed in each of some clips, each as a whole. With the scope `speaker` all of them are
 * taken for clips of one speaker. This is what evaluation counts, too.
 * @throws the signal's reason when it is aborted
 */
export async function classifyClips(
  paths: readonly string[],
  tools: ClassifyTools,
  { scope, onProgress, signal }: ClassifyOptions,
): Promise<readonly ClipOutcome[]> {
  const { features } = tools.predictor.card;
  const heard: Heard[] = [];
  for (const path of paths) {
    heard.push(await hear(path, tools, signal));
    onProgress?.(heard.length, paths.length);
  }
  const recordings = heard.flatMap((one) => (one.kind === 'heard' ? [one.recording] : []));
  const shared = scope === 'speaker' ? measureProfile(features, recordings) : undefined;
  const outcomes: ClipOutcome[] = [];
  for (const one of heard) {
    if (one.kind === 'failed') outcomes.push(one);
    else {
      const profile = shared ?? measureProfile(features, [one.recording]);
      const input = modelInput(features, one.recording.raw, profile);
      const answer = await answerOf(input, tools.predictor);
      const { path, soundHash } = one;
      outcomes.push({ kind: 'classified', path, answer, soundHash });
    }
  }
  return outcomes;
}

type Heard =
  | {
      readonly kind: 'heard';
      readonly path: string;
      readonly soundHash: string;
      readonly recording: MeasuredRecording;
    }
  | Extract<ClipOutcome, { kind: 'failed' }>;

async function hear(
  path: string,
  { predictor, voiceActivity }: ClassifyTools,
  signal: AbortSignal | undefined,
): Promise<Heard> {
  try {
    const clip = await hearClip(path, voiceActivity, signal);
    const recording = await speechFeatures(clip, predictor.card.features);
    return { kind: 'heard', path, soundHash: clip.soundHash, recording };
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: 'failed', path, error };
  }
}

/** Longest stretch that the model hears at once, in seconds; of longer clips the answers are averaged. */
const longest = 8;

export async function answerOf(input: Matrix, predictor: Predictor): Promise<ClipAnswer> {
  if (input.rows === 0) return { label: noSpeech, confidence: 1, probabilities: null };
  const { labels, features } = predictor.card;
  const limit = Math.round((longest * sampleRate) / (hopSize * features.stride));
  const answers = await predictor.predict(cut(input, Math.ceil(input.rows / limit)));
  const probabilities = Float32Array.from(
    labels,
    (_, label) => answers.reduce((sum, answer) => sum + (answer[label] ?? 0), 0) / answers.length,
  );
  const confidence = Math.max(...probabilities);
  return {
    label: labels[probabilities.indexOf(confidence)] ?? noSpeech,
    confidence,
    probabilities,
  };
}

/** `parts` stretches of nearly equal length, one after another. */
function cut({ rows, columns, data }: Matrix, parts: number): readonly Matrix[] {
  const edge = (part: number): number => Math.floor((part * rows) / parts) * columns;
  return Array.from({ length: parts }, (_, part) =>
    rowsOf(data.subarray(edge(part), edge(part + 1)), columns),
  );
}
