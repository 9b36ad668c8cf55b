import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { Peaks } from '#shared/domain/peaks.ts';
import type { Sound } from '#shared/domain/recording.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { Track } from '#shared/domain/track.ts';
import { useApi } from '../../lib/api.ts';
import { spokenSegment } from '../../lib/words.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useLibrary } from '../library/index.ts';
import { useProject } from '../project/index.ts';

/** A part of the open recording on its way to the page. */
export type Part<T> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

interface Emotions {
  readonly track: Track;
  /** In order of their start. */
  readonly segments: readonly Segment[];
}

/** The recording on the stage: its sound, what the model heard in it, and which segment is selected. */
export const useRecording = defineStore('recording', () => {
  const { library } = useApi();
  const list = useLibrary();
  const project = useProject();
  const { say } = useAnnouncer();

  // Shallow: an hour has half a million peaks, and nothing in them changes one by one.
  const peaks = shallowRef<Part<Peaks>>({ kind: 'missing' });
  const emotions = shallowRef<Part<Emotions>>({ kind: 'missing' });
  const segmentId = ref<number | null>(null);

  const about = computed(() => list.selected);
  const sound = computed<Sound | null>(() => about.value?.sound ?? null);
  const duration = computed(() =>
    sound.value ? toSeconds(sound.value.samples, sound.value.sampleRate) : 0,
  );
  const segments = computed<readonly Segment[]>(() =>
    emotions.value.kind === 'ready' ? emotions.value.value.segments : [],
  );
  const segment = computed(() => segments.value.find(({ id }) => id === segmentId.value));

  /** Those of its track, which need not be those of the model in use now. */
  const labels = computed<readonly string[]>(() =>
    emotions.value.kind === 'ready' ? emotions.value.value.track.labels : project.labels,
  );

  const heard = computed(() => (sound.value ? (about.value?.id ?? null) : null));
  const analysed = computed(() => (about.value?.status.kind === 'ready' ? about.value.id : null));

  watch(segment, (now) => {
    if (now && sound.value) say(spokenSegment(now, sound.value.sampleRate));
  });
  watch(labels, project.meet, { immediate: true });
  watch(
    () => about.value?.id,
    () => {
      segmentId.value = null;
    },
  );
  loadFor(heard, peaks, (id) => library.call('recordings.peaks', { id }));
  loadFor(analysed, emotions, async (id) => {
    const [track, found] = await Promise.all([
      library.call('recordings.track', { id }),
      library.call('segments.list', { recordingId: id }),
    ]);
    return track && { track, segments: found.toSorted((a, b) => a.start - b.start) };
  });

  function selectSegment(id: number | null): void {
    segmentId.value = id;
  }

  /** The segment so many places after the selected one; from none, the first or the last. */
  function selectNeighbour(step: 1 | -1): void {
    const at = segments.value.findIndex(({ id }) => id === segmentId.value);
    const next = at < 0 ? (step > 0 ? 0 : segments.value.length - 1) : at + step;
    const neighbour = segments.value[next];
    if (neighbour) selectSegment(neighbour.id);
  }

  return {
    about,
    sound,
    duration,
    peaks,
    emotions,
    labels,
    segments,
    segment,
    selectSegment,
    selectNeighbour,
  };
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
