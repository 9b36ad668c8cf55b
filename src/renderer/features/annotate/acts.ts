import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments, useSelection } from '../segments/index.ts';
import type { Draft } from './draft.ts';

/**
 * What is being saved. Acts go one after another, each made when its turn comes from what the one before it
 * left; the page shows the new state only when the library has it on disk.
 */
export const useActs = defineStore('acts', () => {
  const { library } = useApi();
  const { attempt } = useToasts();
  const recording = useRecording();
  const segments = useSegments();
  const selection = useSelection();

  const waiting = ref(0);
  const saving = computed(() => waiting.value > 0);
  /** A change with the mouse, from its beginning until the answer. */
  const draft = shallowRef<Draft | null>(null);
  let last = Promise.resolve();

  /** Does something with the library after all that was asked before; a failure becomes a message. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    waiting.value += 1;
    last = last
      .then(() => attempt(work))
      .finally(() => {
        waiting.value -= 1;
      });
    return last;
  }

  /**
   * @param make gives the act, or null where there is nothing to do; called when the turn has come
   * @param choose whether what the act is about is what is chosen afterwards
   */
  function act(
    make: () => AnnotationAct | null | Promise<AnnotationAct | null>,
    choose = true,
  ): Promise<void> {
    return inTurn(async () => {
      const recordingId = recording.about?.id;
      const made = await make();
      if (!made || recordingId === undefined) return;
      const answer = await library.call('segments.act', { recordingId, act: made });
      segments.apply(answer);
      if (choose && recording.about?.id === recordingId) selection.choose(answer.selection);
    });
  }

  return { saving, draft, inTurn, act };
});
