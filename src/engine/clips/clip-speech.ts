import { sampleRate } from '#engine/features/frames.ts';
import { speechStretches, type Activity } from '#engine/timeline/stretches.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';

/** Below this nobody speaks; the voice activity of every shout and scream of RAVDESS rises above it. */
const suspicion = 0.1;
/** How far below the loudest chunk a clip's loud part reaches, in dB. */
const reach = 25;

/**
 * Stretches of speech of a clip, of which somebody says that it is speech. Voice activity detection does not
 * know screams: of 1 in 100 RAVDESS clips it hears nothing, or too little. Where it suspects speech but finds
 * less than half of the loud part of a clip, the loud part is taken - unless the clip is equally loud
 * throughout, as noise is.
 */
export function clipSpeech(samples: Float32Array, activity: Activity): readonly Span[] {
  const stretches = speechStretches(activity);
  const loud = loudPart(samples, activity.chunk);
  const found = stretches.reduce((sum, span) => sum + spanLength(span), 0);
  const isSuspect = activity.probabilities.some((probability) => probability >= suspicion);
  return loud !== null && isSuspect && found < spanLength(loud) / 2 ? [loud] : stretches;
}

/** From the first loud chunk to the last; null where no chunk is much softer than the loudest. */
function loudPart(samples: Float32Array, chunk: number): Span | null {
  const levels = Array.from({ length: Math.floor(samples.length / chunk) }, (_, index) =>
    decibels(samples.subarray(index * chunk, (index + 1) * chunk)),
  );
  const loudest = levels.reduce((most, level) => Math.max(most, level), -Infinity);
  const isLoud = (level: number): boolean => level > loudest - reach;
  const start = levels.findIndex(isLoud) * chunk;
  const end = (levels.findLastIndex(isLoud) + 1) * chunk;
  const isSteady = levels.every(isLoud);
  return isSteady || end - start < sampleRate / 4 ? null : { start, end };
}

function decibels(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return 10 * Math.log10(power + Number.MIN_VALUE);
}
