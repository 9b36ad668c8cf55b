import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { VoiceActivity } from '#engine/audio/voice-activity.ts';
import type { Scope } from '#engine/clips/classify.ts';
import { measureProfile, type Profile } from '#engine/features/profile.ts';
import { hashFeatureSettings, type FeatureSettings } from '#engine/features/settings.ts';
import { hearClip, speechFeatures, type HeardClip } from '#engine/clips/hear-clip.ts';
import { applyVariant, asRecorded, type Variant } from './augment/variants.ts';
import type { Clip } from './corpora/clip.ts';
import { groupDuplicates } from './corpora/duplicates.ts';
import { openFeatureCache, type ClipFeatures, type FeatureCache } from './feature-cache.ts';
import { groupBy } from './group-by.ts';

/** A clip with its raw features, as recorded and in each variant. */
export interface Sample extends Clip {
  readonly soundHash: string;
  /** As recorded first, then the variants. */
  readonly versions: readonly Version[];
}

export interface Version extends ClipFeatures {
  /** What normalisation takes away. */
  readonly profiles: Readonly<Record<Scope, Profile>>;
}

/** Whether there is speech in a sample: without, there is nothing to learn from it. */
export function isHeard({ versions }: Sample): boolean {
  return versions[0]?.speech.includes(1) === true;
}

export interface LoadOptions {
  readonly settings: FeatureSettings;
  readonly cacheFolder: string;
  readonly voiceActivity: VoiceActivity;
  /** What to make of a speaker's clips; they are only taken as recorded where this is absent. */
  readonly variantsOf?: (speaker: string) => readonly Variant[];
  readonly onProgress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Features of all clips, made once and kept on disk; identical sound is put into one group.
 * @throws what decoding throws where a clip cannot be read
 */
export async function loadSamples(
  clips: readonly Clip[],
  options: LoadOptions,
): Promise<readonly Sample[]> {
  const cache = await openFeatureCache(options.cacheFolder);
  const loaded: (readonly ClipFeatures[])[] = [];
  for (const clip of clips) {
    options.signal?.throwIfAborted();
    loaded.push(await loadVersions(clip, cache, options));
    options.onProgress?.(loaded.length, clips.length);
  }
  const hashes = loaded.map(([own]) => own?.soundHash ?? '');
  const complete = groupDuplicates(clips, hashes).map((clip, index) => ({
    ...clip,
    soundHash: hashes[index] ?? '',
    versions: loaded[index] ?? [],
  }));
  return [...groupBy(complete, ({ speaker }) => speaker).values()].flatMap((own) =>
    withProfiles(own, options.settings),
  );
}

async function loadVersions(
  clip: Clip,
  cache: FeatureCache,
  { settings, variantsOf, voiceActivity }: LoadOptions,
): Promise<readonly ClipFeatures[]> {
  const fileHash = createHash('sha256')
    .update(await readFile(clip.path))
    .digest('hex');
  const settingsHash = hashFeatureSettings(rawSettings(settings));
  let hearing: Promise<HeardClip> | undefined;
  const versions: ClipFeatures[] = [];
  for (const variant of variantsOf?.(clip.speaker) ?? [asRecorded]) {
    const key = ['raw features 3', fileHash, settingsHash, JSON.stringify(variant)];
    versions.push(
      await cache.keep(key, async () => {
        hearing ??= hearClip(clip.path, voiceActivity);
        const heard = await hearing;
        const features = await speechFeatures(applyVariant(heard, variant), settings);
        return { soundHash: heard.soundHash, ...features };
      }),
    );
  }
  return versions;
}

/** Settings that raw features do not depend on, made equal, so that experiments share them on disk. */
function rawSettings(settings: FeatureSettings): FeatureSettings {
  const { bands } = settings.spectrum;
  return {
    ...settings,
    spectrum: { kind: 'log-mel', bands },
    range: 50,
    normalisation: 'mean',
    deltas: 0,
  };
}

export type Unprofiled = Omit<Sample, 'versions'> & { readonly versions: readonly ClipFeatures[] };

/** @param own clips of one speaker */
export function withProfiles(
  own: readonly Unprofiled[],
  settings: FeatureSettings,
): readonly Sample[] {
  const count = own[0]?.versions.length ?? 0;
  const ofSpeaker = Array.from({ length: count }, (_, version) =>
    measureProfile(
      settings,
      own.flatMap(({ versions }) => versions[version] ?? []),
    ),
  );
  return own.map((sample) => ({
    ...sample,
    versions: sample.versions.flatMap((version, index): readonly Version[] => {
      const speaker = ofSpeaker[index];
      if (speaker === undefined) return [];
      return [{ ...version, profiles: { clip: measureProfile(settings, [version]), speaker } }];
    }),
  }));
}
