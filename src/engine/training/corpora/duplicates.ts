import type { Clip } from './clip.ts';

/**
 * The clips with those of identical sound put into one group. RAVDESS has one recording under two names
 * (actor 07, 03-01-03-01-02-01 and -02): parted by a split, the model would be tested on what it learnt.
 * @param soundHashes hash of each clip's decoded samples, in the order of the clips
 */
export function groupDuplicates(
  clips: readonly Clip[],
  soundHashes: readonly string[],
): readonly Clip[] {
  const groupOfSound = new Map<string, string>();
  const groupOfGroup = new Map<string, string>();
  const find = (group: string): string => {
    const parent = groupOfGroup.get(group);
    return parent === undefined ? group : find(parent);
  };
  for (const [index, clip] of clips.entries()) {
    const sound = soundHashes[index] ?? clip.path;
    const twin = groupOfSound.get(sound);
    if (twin === undefined) groupOfSound.set(sound, clip.group);
    else if (find(twin) !== find(clip.group)) groupOfGroup.set(find(clip.group), find(twin));
  }
  return clips.map((clip) => ({ ...clip, group: find(clip.group) }));
}
