import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { SegmentChanges } from '#shared/contract/annotation.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { modelTier } from '#shared/domain/tier.ts';
import { useApi } from '../../lib/api.ts';
import { byTier, inOrder, withChanges } from '../../lib/rows.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useProject } from '../project/index.ts';
import { useRecording } from '../recording/index.ts';

const none: readonly Segment[] = [];

/** All segments of the open recording, as the library has them. */
export const useSegments = defineStore('segments', () => {
  const { library } = useApi();
  const { attempt } = useToasts();
  const project = useProject();
  const recording = useRecording();

  /** In order of their start, all tiers together. Shallow: there may be thousands. */
  const all = shallowRef<readonly Segment[]>(none);
  /** The recording that they are of; null while they are on their way. */
  const of = ref<number | null>(null);
  const rows = computed<ReadonlyMap<string, readonly Segment[]>>((before) =>
    byTier(all.value, before),
  );
  const byId = computed(() => new Map(all.value.map((segment) => [segment.id, segment])));
  /** The model's own. */
  const model = computed(() => rowOf(modelTier));

  watch(
    [() => recording.about?.id, () => recording.sound !== null, () => recording.analysed],
    async ([id, readable]) => {
      if (of.value !== id) {
        all.value = none;
        of.value = null;
      }
      if (id === undefined || !readable) return;
      await attempt(async () => {
        const found = await library.call('segments.list', { recordingId: id });
        if (recording.about?.id !== id) return;
        take(inOrder(found));
        of.value = id;
      });
    },
    { immediate: true },
  );
  library.on('segments.changed', apply);

  function apply(changes: SegmentChanges): void {
    if (changes.recordingId === recording.about?.id) take(withChanges(all.value, changes));
  }

  function take(now: readonly Segment[]): void {
    project.meet(now.map(({ label }) => label));
    all.value = now;
  }

  function rowOf(tier: string): readonly Segment[] {
    return rows.value.get(tier) ?? none;
  }

  return { all, of, rows, byId, model, rowOf, apply };
});
