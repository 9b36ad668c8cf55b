import { defineStore } from 'pinia';
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { Peaks } from '#shared/domain/peaks.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { Track } from '#shared/domain/track.ts';
import { useApi } from '../../lib/api.ts';
import { useLibrary } from '../library/index.ts';
import { useProject } from '../project/index.ts';
import { useCover } from './cover.ts';
import { useSketch } from './sketch.ts';

/** A part of the open recording on its way to the page. */
export type Part<T> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

/** The recording on the stage: its sound, and what the model heard in it. */
export const useRecording = defineStore('recording', () => {
  const { library } = useApi();
  const list = useLibrary();
  const project = useProject();

  // Shallow: an hour has half a million peaks, and nothing in them changes one by one.
  const outline = shallowRef<Part<Peaks>>({ kind: 'missing' });
  const emotions = shallowRef<Part<Track>>({ kind: 'missing' });

  const about = computed(() => list.selected);
  const { covered, open } = useCover(about);
  /** What is covered has no sound and no segments here, so that nothing shows it or plays it. */
  const shown = computed(() => (covered.value ? undefined : about.value));
  const sketch = useSketch(shown, (id) => library.call('recordings.sketch', { id }));
  /** While it is being read, of the length that is expected. */
  const sound = computed<Sound | null>(() => shown.value?.sound ?? sketch.value?.sound ?? null);
  const peaks = computed<Part<Peaks>>(() =>
    sketch.value && (outline.value.kind === 'missing' || outline.value.kind === 'loading')
      ? { kind: 'ready', value: sketch.value.peaks }
      : outline.value,
  );
  const duration = computed(() =>
    sound.value ? toSeconds(sound.value.samples, sound.value.sampleRate) : 0,
  );

  /** Those of its track, which need not be those of the model in use now. */
  const labels = computed<readonly string[]>(() =>
    emotions.value.kind === 'ready' ? emotions.value.value.labels : project.labels,
  );

  const heard = computed(() => (shown.value?.sound ? shown.value.id : null));
  const analysed = computed(() => (shown.value?.status.kind === 'ready' ? shown.value.id : null));

  watch(labels, project.meet, { immediate: true });
  loadFor(heard, outline, (id) => library.call('recordings.peaks', { id }));
  loadFor(analysed, emotions, (id) => library.call('recordings.track', { id }));

  return { about, covered, open, sound, duration, peaks, emotions, analysed, labels };
});

/** Loads a part anew whenever there is another id for it; an answer that comes too late is dropped. */
function loadFor<T>(
  id: ComputedRef<number | null>,
  part: ShallowRef<Part<T>>,
  load: (id: number) => Promise<T | null>,
): void {
  watch(
    id,
    async (wanted) => {
      part.value = wanted === null ? { kind: 'missing' } : { kind: 'loading' };
      if (wanted === null) return;
      const result = await settle(load(wanted));
      if (id.value === wanted) part.value = result;
    },
    { immediate: true },
  );
}

async function settle<T>(loading: Promise<T | null>): Promise<Part<T>> {
  try {
    const value = await loading;
    return value === null ? { kind: 'missing' } : { kind: 'ready', value };
  } catch (error) {
    return { kind: 'failed', error: toErrorShape(error) };
  }
}
