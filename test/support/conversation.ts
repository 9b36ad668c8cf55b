import { noSpeech } from '#shared/domain/label.ts';
import { emodbClips } from './emodb.ts';

const sampleRate = 16_000;

/** A recording put together from EMO-DB clips with silence between, and where it is spoken in. */
export interface Conversation {
  readonly samples: Float32Array;
  readonly spoken: readonly { readonly start: number; readonly end: number }[];
}

/** @param pauses seconds of silence before each clip, and after the last one */
export function conversation(pauses: readonly number[]): Conversation {
  const clips = emodbClips().slice(0, pauses.length - 1);
  const silences = pauses.map((seconds) => Math.round(seconds * sampleRate));
  const total = clips.reduce((sum, { samples }) => sum + samples.length, 0);
  const samples = new Float32Array(total + silences.reduce((sum, silence) => sum + silence, 0));
  let at = 0;
  const spoken = clips.map((clip, index) => {
    const start = at + (silences[index] ?? 0);
    samples.set(clip.samples, start);
    at = start + clip.samples.length;
    return { start, end: at };
  });
  return { samples, spoken };
}

/** Share of the silence between the clips, their own soft edges aside, that got an emotion. */
export function emotionInSilence(
  { samples, spoken }: Conversation,
  segments: readonly { readonly start: number; readonly end: number; readonly label: string }[],
): number {
  const edge = 0.15 * sampleRate;
  const quiet = new Uint8Array(samples.length).fill(1);
  for (const { start, end } of spoken) quiet.fill(0, Math.max(0, start - edge), end + edge);
  let wrong = 0;
  for (const { start, end, label } of segments) {
    if (label === noSpeech) continue;
    for (let sample = start; sample < end; sample += 1) wrong += quiet[sample] ?? 0;
  }
  return (
    wrong /
    Math.max(
      1,
      quiet.reduce((sum, is) => sum + is, 0),
    )
  );
}
