import { createHash } from 'node:crypto';
import type { FeatureSettings } from '#engine/features/settings.ts';
import { withProfiles, type Sample } from '../dataset.ts';
import { groupBy } from '../group-by.ts';
import type { RehearsalClip } from './file.ts';

/** Rehearsal clips as training takes them. Profiles of a speaker are over the clips that are there. */
export function rehearsalSamples(
  clips: readonly RehearsalClip[],
  settings: FeatureSettings,
): readonly Sample[] {
  const samples = clips.map(({ label, speaker, raw, speech }, index) => ({
    path: `rehearsal clip ${index + 1}`,
    label,
    speaker,
    sex: 'unknown' as const,
    traits: {},
    group: `rehearsal/${index}`,
    corpus: 'rehearsal',
    soundHash: hashFeatures(raw.data),
    versions: [{ soundHash: '', raw, speech }],
  }));
  return [...groupBy(samples, ({ speaker }) => speaker).values()].flatMap((own) =>
    withProfiles(own, settings),
  );
}

/** SHA-256 of feature values, for a sample of which there is no sound any more, or only a part of it. */
export function hashFeatures(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}
