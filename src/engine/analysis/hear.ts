import { damageOf, openAudio, type AudioReading, type OpenAudio } from '#engine/audio/decode.ts';
import type { VoiceActivity } from '#engine/audio/voice-activity.ts';
import { createFeatureStream } from '#engine/features/extract.ts';
import { frameSize, sampleRate } from '#engine/features/frames.ts';
import { rawLayout } from '#engine/features/layout.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import { speechRows } from '#engine/features/speech.ts';
import { speechStretches, type Activity } from '#engine/timeline/stretches.ts';
import { join32 } from '#shared/domain/float32.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { openFrameSpool, type FrameSpool } from './frame-spool.ts';
import type { SpooledRecording } from './spool-profile.ts';

export interface HearingTools {
  readonly voiceActivity: VoiceActivity;
  /** Holds feature rows while somebody needs them; nothing stays there. */
  readonly scratchFolder: string;
  /** By default the calling thread decodes; another one can do so meanwhile (`createDecodingThread`). */
  readonly open?: OpenAudio;
}

/** What was heard in one recording; whoever asked disposes of the spool. */
export interface HeardRecording extends SpooledRecording {
  readonly sound: Omit<Sound, 'channels'>;
  readonly activity: Activity;
}

/**
 * From a file to its raw features on disk and where in it there is speech, in memory that does not grow with its length.
 *
 * @param onProgress takes the share of the file that is behind; what it throws ends the hearing
 * @throws UndertoneError whatever `openAudio` and `openFrameSpool` throw, the signal's reason
 */
export async function hearRecording(
  path: string,
  features: FeatureSettings,
  { voiceActivity, scratchFolder, open = openAudio }: HearingTools,
  { signal, onProgress }: { signal: AbortSignal | undefined; onProgress: (share: number) => void },
): Promise<HeardRecording> {
  const source = await open(path, { signal });
  const spool = await openFrameSpool(scratchFolder, rawLayout(features).columns);
  try {
    const reading = source.read({ sampleRate, mono: true });
    const onChunk = (): void => {
      onProgress(reading.fraction());
    };
    const activity = await hear(reading, { features, voiceActivity, spool, onChunk });
    const speech = speechRows(speechStretches(activity), spool.rows(), features.stride);
    const decoded = reading.report();
    const sound = {
      sampleRate: source.format.sampleRate,
      uncertainStartSeconds: source.format.uncertainStartSeconds,
      samples: decoded.samples,
      damaged: damageOf(decoded),
    };
    return { spool, speech, activity, sound };
  } catch (error) {
    await spool.dispose();
    throw error;
  }
}

interface Ears {
  readonly features: FeatureSettings;
  readonly voiceActivity: VoiceActivity;
  readonly spool: FrameSpool;
  readonly onChunk: () => void;
}

/** One pass over the sound (mono, 16 kHz): feature rows go to the spool, voice activity is kept (some 30 numbers a second). */
async function hear(reading: AudioReading, ears: Ears): Promise<Activity> {
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
