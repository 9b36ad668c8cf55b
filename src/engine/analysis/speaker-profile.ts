import { hopSize, sampleRate } from '#engine/features/frames.ts';
import type { Profile } from '#engine/features/profile.ts';
import type { SpeakerProfile } from '#shared/domain/speaker-profile.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { AnalysisTools } from './analyse.ts';
import { hearRecording } from './hear.ts';
import { measureSpools, type SpooledRecording } from './spool-profile.ts';

/**
 * The profile of one speaker over recordings of any length. All of them are on disk at once, for how rows count
 * depends on the level of the whole, which is known only at the end.
 *
 * @throws UndertoneError whatever `hearRecording` throws, and `cancelled`
 */
export async function measureSpeaker(
  paths: readonly string[],
  { predictor, ...tools }: AnalysisTools,
  { signal, report }: CallContext,
): Promise<SpeakerProfile> {
  const { features, featureHash } = predictor.card;
  const spooled: SpooledRecording[] = [];
  try {
    for (const [at, path] of paths.entries()) {
      const onProgress = (share: number): void => {
        report({ stage: 'listening', fraction: (at + share) / paths.length });
      };
      spooled.push(await hearRecording(path, features, tools, { signal, onProgress }));
    }
    const { level, statistics } = await measureSpools(features, spooled);
    const { counts, means, squares } = statistics;
    return {
      featureHash,
      speechSeconds: (level.rows * hopSize * features.stride) / sampleRate,
      level,
      counts: [...counts],
      means: [...means],
      squares: [...squares],
    };
  } finally {
    for (const { spool } of spooled) await spool.dispose();
  }
}

/** A profile as it came back from the library. */
export function toProfile(
  { featureHash, level, counts, means, squares }: SpeakerProfile,
  expectedHash: string,
): Profile {
  if (featureHash !== expectedHash) {
    throw new Error('The profile of the speaker is of other features than the model hears.');
  }
  const statistics = {
    counts: Float64Array.from(counts),
    means: Float64Array.from(means),
    squares: Float64Array.from(squares),
  };
  return { level, statistics };
}
