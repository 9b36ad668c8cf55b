import { createHash } from 'node:crypto';
import { openAudio } from '#engine/audio/decode.ts';
import { activityChunk, type VoiceActivity } from '#engine/audio/voice-activity.ts';
import { extractFeatures } from '#engine/features/extract.ts';
import { sampleRate } from '#engine/features/frames.ts';
import { rowsOf } from '#engine/features/matrix.ts';
import type { MeasuredRecording } from '#engine/features/profile.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import { speechRows } from '#engine/features/speech.ts';
import { join32 } from '#shared/domain/float32.ts';
import type { Span } from '#shared/domain/time.ts';
import { clipSpeech } from './clip-speech.ts';

/** The sound of a clip and where somebody speaks in it. */
export interface HeardClip {
  /** Mono, 16 kHz. */
  readonly samples: Float32Array;
  /** Stretches of speech in samples, in order; none where nobody speaks. */
  readonly spans: readonly Span[];
  /** SHA-256 of the decoded samples as the file has them at 16 kHz. */
  readonly soundHash: string;
}

/** Decodes a clip whole (clips are short; recordings of any length are analysed as a stream) and finds the speech. */
export async function hearClip(
  path: string,
  voiceActivity: VoiceActivity,
  signal?: AbortSignal,
): Promise<HeardClip> {
  return hearSound(await decodeClip(path, signal), voiceActivity);
}

/** @returns mono at 16 kHz */
export async function decodeClip(path: string, signal?: AbortSignal): Promise<Float32Array> {
  const source = await openAudio(path, { signal });
  const parts: Float32Array[] = [];
  for await (const [mono] of source.read({ sampleRate, mono: true })) {
    if (mono !== undefined) parts.push(mono);
  }
  return join32(parts);
}

/** @param samples mono at 16 kHz */
export async function hearSound(
  samples: Float32Array,
  voiceActivity: VoiceActivity,
): Promise<HeardClip> {
  const voice = voiceActivity.stream();
  const probabilities = join32([await voice.push(samples), await voice.finish()]);
  const activity = { probabilities, chunk: activityChunk, samples: samples.length, sampleRate };
  const soundHash = createHash('sha256')
    .update(new Uint8Array(samples.buffer, 0, samples.byteLength))
    .digest('hex');
  return { samples, spans: clipSpeech(samples, activity), soundHash };
}

/**
 * Raw features from the first stretch of speech to the last, with the pauses between them marked. The
 * second of silence at either end of a RAVDESS clip says nothing, and a timeline's windows have none.
 */
export async function speechFeatures(
  { samples, spans }: Pick<HeardClip, 'samples' | 'spans'>,
  settings: FeatureSettings,
): Promise<Required<MeasuredRecording>> {
  const raw = await extractFeatures(samples, settings);
  const speech = speechRows(spans, raw.rows, settings.stride);
  const start = Math.max(0, speech.indexOf(1));
  const end = speech.lastIndexOf(1) + 1;
  const rows = raw.data.slice(start * raw.columns, Math.max(start, end) * raw.columns);
  return { raw: rowsOf(rows, raw.columns), speech: speech.slice(start, Math.max(start, end)) };
}
