import { hearRecording } from '#engine/analysis/hear.ts';
import type { FrameSpool } from '#engine/analysis/frame-spool.ts';
import { measureSpools } from '#engine/analysis/spool-profile.ts';
import { rowSpan } from '#engine/analysis/window-inputs.ts';
import { sampleRate } from '#engine/features/frames.ts';
import { rawLayout } from '#engine/features/layout.ts';
import type { SpeechMask } from '#engine/features/level.ts';
import { rowsOf } from '#engine/features/matrix.ts';
import { measureProfile, type Profile } from '#engine/features/profile.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import type { Correction } from '#shared/contract/training.ts';
import { toSamples, type Span } from '#shared/domain/time.ts';
import type { Sample, Version } from '../dataset.ts';
import { groupBy } from '../group-by.ts';
import { hashFeatures } from '../rehearsal/samples.ts';
import type { TrainingTools } from '../training-data.ts';

/** Longest stretch taken of one correction, in seconds: what comes after says the same once more. */
const longest = 8;

/**
 * Features of corrected stretches, normalised as an analysis normalises them: over the speech of the whole
 * recording, or of all stretches of the speaker. Corrections without any sound are left out.
 * @throws whatever `hearRecording` throws, the signal's reason
 */
export async function loadCorrections(
  corrections: readonly Correction[],
  settings: FeatureSettings,
  tools: TrainingTools,
  onProgress?: (done: number, of: number) => void,
): Promise<readonly Sample[]> {
  const recordings = groupBy(corrections, ({ path }) => path);
  const cut: Cut[] = [];
  let done = 0;
  for (const [path, own] of recordings) {
    tools.signal?.throwIfAborted();
    cut.push(...(await cutRecording(path, own, settings, tools)));
    done += 1;
    onProgress?.(done, recordings.size);
  }
  const speakers = groupBy(cut, ({ correction }) => correction.speaker || correction.path);
  return [...speakers].flatMap(([speaker, own]) => {
    const shared = measureProfile(settings, own);
    return own.map((one) => toSample(one, speaker, shared));
  });
}

interface Cut extends Omit<Version, 'profiles'> {
  readonly correction: Correction;
  readonly ofRecording: Profile;
}

async function cutRecording(
  path: string,
  corrections: readonly Correction[],
  features: FeatureSettings,
  { voiceActivity, cacheFolder, signal }: TrainingTools,
): Promise<readonly Cut[]> {
  const onProgress = (): void => signal?.throwIfAborted();
  const tools = { voiceActivity, scratchFolder: cacheFolder };
  const heard = await hearRecording(path, features, tools, { signal, onProgress });
  const { spool, speech } = heard;
  try {
    const ofRecording = await measureSpools(features, [heard]);
    const cuts: Cut[] = [];
    for (const correction of corrections) {
      const span = rowsToHear(correction, speech, features.stride);
      if (span.end <= span.start) continue;
      cuts.push({ correction, ofRecording, ...(await cutSpan(span, speech, spool, features)) });
    }
    return cuts;
  } finally {
    await spool.dispose();
  }
}

async function cutSpan(
  { start, end }: Span,
  speech: SpeechMask,
  spool: FrameSpool,
  settings: FeatureSettings,
): Promise<Omit<Version, 'profiles'>> {
  const raw = rowsOf(await spool.read(start, end), rawLayout(settings).columns);
  const heard = speech.slice(start, end);
  // A person heard something there even where voice activity did not.
  if (!heard.includes(1)) heard.fill(1);
  return { soundHash: hashFeatures(raw.data), raw, speech: heard };
}

/** The rows of a correction, from its first to its last speech where it has any. */
function rowsToHear({ start, end }: Correction, speech: SpeechMask, stride: number): Span {
  const window = { start: toSamples(start, sampleRate), end: toSamples(end, sampleRate) };
  const all = rowSpan(window, stride, speech.length);
  const heard = speech.subarray(all.start, all.end);
  const first = heard.indexOf(1);
  const whole =
    first < 0 ? all : { start: all.start + first, end: all.start + heard.lastIndexOf(1) + 1 };
  const limit = rowSpan({ start: 0, end: longest * sampleRate }, stride, Infinity).end;
  return { start: whole.start, end: Math.min(whole.end, whole.start + limit) };
}

function toSample(
  { correction, ofRecording, soundHash, raw, speech }: Cut,
  speaker: string,
  ofSpeaker: Profile,
): Sample {
  const profiles = { clip: ofRecording, speaker: ofSpeaker };
  return {
    path: correction.path,
    label: correction.label,
    speaker: `corrected/${speaker}`,
    sex: 'unknown',
    traits: {},
    // Held back by recording: stretches of one recording share its room, its microphone and its mood.
    group: correction.path,
    corpus: 'corrections',
    soundHash,
    versions: [{ soundHash, raw, speech, profiles }],
  };
}
