import { spectralColumns, rawLayout } from './layout.ts';
import { measureLevel, mergeLevels, noLevel, type Level, type SpeechMask } from './level.ts';
import type { Matrix } from './matrix.ts';
import type { FeatureSettings } from './settings.ts';
import { shapeFeatures } from './shape.ts';
import { measureStatistics, mergeStatistics, noStatistics, type Statistics } from './statistics.ts';

/** The raw features of one recording, and which of its rows are speech (all, where that is not said). */
export interface MeasuredRecording {
  readonly raw: Matrix;
  readonly speech?: SpeechMask;
}

/** What normalisation takes away: how loud a recording (or a speaker) is and how it sounds on average. */
export interface Profile {
  readonly level: Level;
  readonly statistics: Statistics;
}

/** The profile of one recording, or of one speaker over all of the speaker's recordings. */
export function measureProfile(
  settings: FeatureSettings,
  recordings: readonly MeasuredRecording[],
): Profile {
  const level = recordings
    .map(({ raw, speech }) => measureLevel(raw, speech))
    .reduce(mergeLevels, noLevel);
  const statistics = recordings
    .map(({ raw, speech }) => measureStatistics(shapeFeatures(settings, raw, level), speech))
    .reduce(mergeStatistics, noStatistics(shapedColumns(settings)));
  return { level, statistics };
}

export function emptyProfile(settings: FeatureSettings): Profile {
  return measureProfile(settings, []);
}

/**
 * For live sound: the profile so far with what `recording` adds. Earlier rows stay as they were counted, at
 * the level known then, so this approaches what `measureProfile` says of the whole without reaching it.
 */
export function extendProfile(
  settings: FeatureSettings,
  profile: Profile,
  { raw, speech }: MeasuredRecording,
): Profile {
  const level = mergeLevels(profile.level, measureLevel(raw, speech));
  const added = measureStatistics(shapeFeatures(settings, raw, level), speech);
  return { level, statistics: mergeStatistics(profile.statistics, added) };
}

function shapedColumns(settings: FeatureSettings): number {
  const { descriptorsAt, columns } = rawLayout(settings);
  return spectralColumns(settings) + columns - descriptorsAt;
}
