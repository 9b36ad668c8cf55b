import type { StoredRecording } from '../database/recordings.ts';
import type { StoredProfile } from '../database/speaker-profiles.ts';
import type { Project } from '../project.ts';

/**
 * What a recording is to be normalised by; null where that is the recording itself: nobody chose otherwise, or
 * what was chosen is of no use to a model that hears other features.
 */
export function profileOf(
  { profiles }: Pick<Project, 'profiles'>,
  { profileId }: Pick<StoredRecording, 'profileId'>,
  featureHash: string,
): StoredProfile | null {
  const stored = profileId === '' ? undefined : profiles.find(profileId);
  return stored?.profile.featureHash === featureHash ? stored : null;
}
