import { sampleRate } from '#engine/features/frames.ts';
import type { Profile } from '#engine/features/profile.ts';
import type { Predictor } from '#engine/model/predict.ts';
import { segmentsOf } from '#engine/timeline/segments.ts';
import type { TimelineSettings } from '#engine/timeline/settings.ts';
import { speechStretches, type Activity } from '#engine/timeline/stretches.ts';
import {
  cellCount,
  planWindows,
  speechShares,
  type Grid,
  type Window,
} from '#engine/timeline/windows.ts';
import type { Sound } from '#shared/domain/recording.ts';
import type { ProposedSegment } from '#shared/domain/segment.ts';
import { toSamples } from '#shared/domain/time.ts';
import type { Track } from '#shared/domain/track.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { hearRecording, type HeardRecording, type HearingTools } from './hear.ts';
import { measureSpools } from './spool-profile.ts';
import { windowInputs } from './window-inputs.ts';

export interface AnalysisTools extends HearingTools {
  readonly predictor: Predictor;
}

/** What was heard in one recording; spans of segments are samples of its own rate. */
export interface RecordingAnalysis extends Omit<Sound, 'channels'> {
  readonly track: Track;
  readonly segments: readonly ProposedSegment[];
}

export interface AnalysisOptions {
  /** How the timeline is cut, by default as the model's card says. */
  readonly timeline?: TimelineSettings;
  /** What normalisation takes away, by default what the recording itself is on average: its speaker's. */
  readonly profile?: Profile | undefined;
}

/** Share of the work that reading is; predicting is the rest. */
const readingShare = 0.7;
const windowsTogether = 64;

/**
 * From a file to a track and segments, in memory that does not grow with its length.
 *
 * @throws UndertoneError whatever `hearRecording` throws, and `cancelled`
 */
export async function analyseRecording(
  path: string,
  { predictor, ...tools }: AnalysisTools,
  { signal, report }: CallContext,
  { timeline: settings = predictor.card.timeline, profile }: AnalysisOptions = {},
): Promise<RecordingAnalysis> {
  const onProgress = (share: number): void => {
    report({ stage: 'listening', fraction: share * readingShare });
  };
  const { features } = predictor.card;
  const heard = await hearRecording(path, features, tools, { signal, onProgress });
  try {
    const { activity, sound } = heard;
    const ofSpeaker = profile ?? (await measureSpools(features, [heard]));
    const track = await predictTrack(heard, ofSpeaker, predictor, settings, (fraction) => {
      signal.throwIfAborted();
      report({ stage: 'predicting', fraction: readingShare + fraction * (1 - readingShare) });
    });
    const segments = segmentsOf(track, activity, gridOf(activity, settings), settings);
    return { ...sound, track, segments: atRate(segments, activity.samples, sound) };
  } finally {
    await heard.spool.dispose();
  }
}

async function predictTrack(
  { activity, spool }: HeardRecording,
  profile: Profile,
  predictor: Predictor,
  settings: TimelineSettings,
  onProgress: (fraction: number) => void,
): Promise<Track> {
  const { features, labels } = predictor.card;
  const grid = gridOf(activity, settings);
  const stretches = speechStretches(activity);
  const cells = cellCount(grid);
  const probabilities = new Float32Array(cells * labels.length);
  const windows = planWindows(stretches, grid);
  for (let at = 0; at < windows.length; at += windowsTogether) {
    const batch: readonly Window[] = windows.slice(at, at + windowsTogether);
    const inputs = await windowInputs(features, spool, profile, batch);
    const answers = await predictor.predict(inputs);
    for (const [index, { cell }] of batch.entries()) {
      probabilities.set(answers[index] ?? [], cell * labels.length);
    }
    onProgress((at + batch.length) / windows.length);
  }
  const { hopSeconds, windowSeconds } = settings;
  const heard = speechShares(stretches, grid);
  return { labels, hopSeconds, windowSeconds, cells, probabilities, speech: heard };
}

function gridOf({ samples }: Activity, { hopSeconds, windowSeconds }: TimelineSettings): Grid {
  return {
    hop: toSamples(hopSeconds, sampleRate),
    window: toSamples(windowSeconds, sampleRate),
    samples,
  };
}

/** From 16 kHz to the recording's own rate; neighbours stay neighbours, the last one ends with the sound. */
function atRate(
  segments: readonly ProposedSegment[],
  heard: number,
  sound: Pick<RecordingAnalysis, 'sampleRate' | 'samples'>,
): readonly ProposedSegment[] {
  const convert = (sample: number): number =>
    sample === heard ? sound.samples : Math.round((sample * sound.sampleRate) / sampleRate);
  return segments.map((segment) => ({
    ...segment,
    start: convert(segment.start),
    end: convert(segment.end),
  }));
}
