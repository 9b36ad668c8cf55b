import { rawLayout } from '#engine/features/layout.ts';
import { measureLevel, mergeLevels, noLevel, type SpeechMask } from '#engine/features/level.ts';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import { emptyProfile, type Profile } from '#engine/features/profile.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import { shapeFeatures } from '#engine/features/shape.ts';
import { measureStatistics, mergeStatistics } from '#engine/features/statistics.ts';
import type { FrameSpool } from './frame-spool.ts';

/** The raw features of a recording on disk, and which of its rows are speech. */
export interface SpooledRecording {
  readonly spool: FrameSpool;
  readonly speech: SpeechMask;
}

/** Rows looked at together: 40 s at 20 ms, half a megabyte. */
const blockRows = 2000;

/**
 * The profile of spooled recordings, as `measureProfile` gives it for those in memory: first the level of all their
 * speech, then, at that level, the statistics.
 */
export async function measureSpools(
  settings: FeatureSettings,
  recordings: readonly SpooledRecording[],
): Promise<Profile> {
  let level = noLevel;
  for await (const { raw, mask } of blocks(settings, recordings)) {
    level = mergeLevels(level, measureLevel(raw, mask));
  }
  let { statistics } = emptyProfile(settings);
  for await (const { raw, mask } of blocks(settings, recordings)) {
    const added = measureStatistics(shapeFeatures(settings, raw, level), mask);
    statistics = mergeStatistics(statistics, added);
  }
  return { level, statistics };
}

async function* blocks(
  settings: FeatureSettings,
  recordings: readonly SpooledRecording[],
): AsyncGenerator<{ readonly raw: Matrix; readonly mask: SpeechMask }> {
  const { columns } = rawLayout(settings);
  for (const { spool, speech } of recordings) {
    for (let from = 0; from < spool.rows(); from += blockRows) {
      const to = Math.min(spool.rows(), from + blockRows);
      yield { raw: rowsOf(await spool.read(from, to), columns), mask: speech.subarray(from, to) };
    }
  }
}
