import { createMonoStream } from '#engine/audio/resample.ts';
import type { VoiceActivity } from '#engine/audio/voice-activity.ts';
import { createFeatureStream } from '#engine/features/extract.ts';
import { hopSize, sampleRate } from '#engine/features/frames.ts';
import { rawLayout } from '#engine/features/layout.ts';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import { speechRows } from '#engine/features/speech.ts';
import type { Predictor } from '#engine/model/predict.ts';
import { speechStretches } from '#engine/timeline/stretches.ts';
import type { LiveCells, SoundShape } from '#shared/contract/live.ts';
import { toSamples, toSeconds } from '#shared/domain/time.ts';
import { createRunningProfile } from './running-profile.ts';
import { createSection } from './section.ts';
import { createWindowJudge, type Heard } from './window-judge.ts';

export interface LiveTools {
  readonly predictor: Predictor;
  readonly voiceActivity: VoiceActivity;
}

/** Listens to a recording while it is made. */
export interface LiveAnalysis {
  /**
   * @param samples interleaved, at the rate of the microphone
   * @returns how the end of the recording sounds with them
   */
  readonly push: (samples: Float32Array) => Promise<LiveCells>;
  readonly dispose: () => void;
}

/** Until then a pause may turn out to be none, and a sound to be too short for speech. */
const undecidedSeconds = 0.7;
/** Chunks of voice activity (32 ms) that the level is measured over: a minute. */
const levelChunks = 1875;
/** Looked back at: a window, and what decides where the stretch that it lies in begins. */
const keptSeconds = 6;

/**
 * The path from sound to a track, on sound that has no end yet. All that judges is what judges files - the
 * same resampling, features, voice activity, windows and network - on the last seconds of the recording. Two
 * things cannot be the same before the end is known: the statistics that features are normalised by are
 * those of the speech so far, and the newest second is judged by windows that reach into the past alone.
 */
export async function createLiveAnalysis(
  { predictor, voiceActivity }: LiveTools,
  shape: SoundShape,
): Promise<LiveAnalysis> {
  const { features, timeline, labels } = predictor.card;
  const mono = createMonoStream(shape, sampleRate);
  const voice = voiceActivity.stream({ chunksTogether: 1, levelChunks });
  const stream = await createFeatureStream(features);
  const profile = createRunningProfile(features);
  const grid = {
    hop: toSamples(timeline.hopSeconds, sampleRate),
    window: toSamples(timeline.windowSeconds, sampleRate),
  };
  const section = createSection(rawLayout(features).columns, features.stride, grid.hop);
  const judge = createWindowJudge(predictor);
  /** Rows of the section that the profile has counted for good. */
  let settled = 0;

  /** What is speech in the section, and the profile that follows from it. */
  function hear(): Heard {
    const activity = section.activity();
    const rows = section.rows();
    const stretches = speechStretches(activity);
    const speech = speechRows(stretches, rows.rows, features.stride);
    const certain = activity.samples - undecidedSeconds * sampleRate;
    const decided = Math.max(
      settled,
      Math.min(rows.rows, Math.floor(certain / (features.stride * hopSize))),
    );
    profile.add(slice(rows, settled, decided), speech.subarray(settled, decided));
    settled = decided;
    return {
      rows,
      stretches,
      grid: { ...grid, samples: activity.samples },
      profile: profile.with(slice(rows, settled, rows.rows), speech.subarray(settled)),
    };
  }

  /** Cells that what comes next could still change. */
  const open = grid.window / 2 + grid.hop / 2 + undecidedSeconds * sampleRate;

  return {
    push: async (samples) => {
      const began = performance.now();
      const sound = mono.push(samples);
      section.append(stream.push(sound), await voice.push(sound));
      const heard = hear();
      const first = Math.max(0, Math.floor((heard.grid.samples - open) / grid.hop));
      const cells = await judge(heard, first, section.start());
      const told = {
        labels,
        hopSeconds: timeline.hopSeconds,
        first: first + section.start() / grid.hop,
        ...cells,
        heardSeconds: toSeconds(section.start() + heard.grid.samples, sampleRate),
      };
      settled -= section.forget(keptSeconds);
      return { ...told, engineMilliseconds: performance.now() - began };
    },
    dispose: mono.free,
  };
}

function slice({ data, columns }: Matrix, from: number, to: number): Matrix {
  return rowsOf(data.subarray(from * columns, to * columns), columns);
}
