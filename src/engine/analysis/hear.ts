import type { AudioReading } from '#engine/audio/decode.ts';
import type { VoiceActivity } from '#engine/audio/voice-activity.ts';
import { createFeatureStream } from '#engine/features/extract.ts';
import { frameSize, sampleRate } from '#engine/features/frames.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import type { Activity } from '#engine/timeline/stretches.ts';
import { join32 } from '#shared/domain/float32.ts';
import type { FrameSpool } from './frame-spool.ts';

interface Ears {
  readonly features: FeatureSettings;
  readonly voiceActivity: VoiceActivity;
  readonly spool: FrameSpool;
  readonly onChunk: () => void;
}

/**
 * One pass over a recording's sound (mono, 16 kHz): raw feature rows go to the spool, voice activity is
 * kept (some 30 numbers a second).
 */
export async function hear(reading: AudioReading, ears: Ears): Promise<Activity> {
  const stream = await createFeatureStream(ears.features);
  const voice = ears.voiceActivity.stream();
  const probabilities: Float32Array[] = [];
  let samples = 0;
  for await (const [mono] of reading) {
    if (!mono) continue;
    samples += mono.length;
    await ears.spool.append(stream.push(mono).data);
    probabilities.push(await voice.push(mono));
    ears.onChunk();
  }
  await ears.spool.append(stream.finish().data);
  probabilities.push(await voice.finish());
  return { probabilities: join32(probabilities), chunk: frameSize, samples, sampleRate };
}
