import type { VoiceActivity } from '#engine/audio/voice-activity.ts';
import { decodeClip, hearSound } from '#engine/clips/hear-clip.ts';
import { sampleRate } from '#engine/features/frames.ts';
import { join32 } from '#shared/domain/float32.ts';
import type { Span } from '#shared/domain/time.ts';
import type { Clip } from '../corpora/clip.ts';
import { createRandom, type Random } from '../random.ts';

/** A recording of which it is known who expresses what, and when. */
export interface Assembled {
  /** Mono, 16 kHz. */
  readonly samples: Float32Array;
  /** Stretches of speech in samples, in order, each with its clip's label; silence between them. */
  readonly truth: readonly (Span & { readonly label: string })[];
}

/** Shortest and longest pause, in seconds. */
const gaps = [0.3, 2] as const;

/**
 * Clips of one speaker one after another, in an order drawn by the seed, cut to their speech, with pauses of
 * 0.3 to 2 s between them. The pauses are filled with the room of the clip before, not with digital silence.
 */
export async function assemble(
  clips: readonly Clip[],
  voiceActivity: VoiceActivity,
  seed: string,
): Promise<Assembled> {
  const random = createRandom('timeline', seed);
  const parts: Float32Array[] = [];
  const truth: (Span & { readonly label: string })[] = [];
  let length = 0;
  for (const { path, label } of random.shuffled(clips)) {
    const samples = await decodeClip(path);
    const { spans } = await hearSound(samples, voiceActivity);
    const [start, end] = [spans[0]?.start ?? 0, spans.at(-1)?.end ?? 0];
    if (end <= start) continue;
    const pause = room(samples, start, Math.round(random.between(...gaps) * sampleRate), random);
    truth.push({ start: length, end: length + end - start, label });
    parts.push(samples.subarray(start, end), pause);
    length += end - start + pause.length;
  }
  return { samples: join32(parts), truth };
}

/** What is heard before the speech begins, over and over. */
function room(
  samples: Float32Array,
  speechStart: number,
  length: number,
  random: Random,
): Float32Array {
  const silence = samples.subarray(0, Math.max(1, speechStart - sampleRate / 20));
  const offset = random.below(silence.length);
  return Float32Array.from(
    { length },
    (_, index) => silence[(offset + index) % silence.length] ?? 0,
  );
}
