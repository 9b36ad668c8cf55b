import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useActs } from '../annotate/index.ts';
import { useSegments, useTiers } from '../segments/index.ts';
import { useReview } from './review.ts';
import { useRound } from './round.ts';

/** Saying what the one in turn sounds like. What was chosen is labelled by acts like any other. */
export const useAnswering = defineStore('answering', () => {
  const { library } = useApi();
  const { show } = useToasts();
  const acts = useActs();
  const segments = useSegments();
  const tiers = useTiers();
  const round = useRound();
  const review = useReview();
  /** A key pressed twice must not answer what comes next. */
  const saving = ref(false);

  async function save(work: (segmentId: number) => Promise<void>): Promise<void> {
    const { segment } = review;
    if (saving.value || !segment) return;
    saving.value = true;
    try {
      await work(segment.id);
      await round.refresh();
      review.goOn();
    } finally {
      saving.value = false;
    }
  }

  const relabel = (id: number, label: string): Promise<void> =>
    acts.act(async () => ({ kind: 'relabel', ids: [id], label, to: await tiers.needOwn() }), false);

  const audit = (segmentId: number, label: string): Promise<void> =>
    acts.inTurn(async () => {
      const tier = await tiers.needOwn();
      segments.apply(await library.call('review.audit', { tier, segmentId, label }));
    });

  const accept = (id: number): Promise<void> =>
    acts.act(async () => ({ kind: 'accept', ids: [id], to: await tiers.needOwn() }), false);

  return {
    /** Gives a label, and goes on. */
    label: (name: string) =>
      save((id) => (review.item?.audit ? audit(id, name) : relabel(id, name))),
    /** Says that the model is right, and goes on; what has been answered is left as it is. */
    accept: (): Promise<void> => {
      if (review.item?.done) review.next();
      else if (!review.item?.audit) return save(accept);
      else {
        const hint = 'What the model says is hidden, so there is nothing to accept.';
        show({ kind: 'notice', message: 'Choose a label.', hint, topic: 'editing' });
      }
      return Promise.resolve();
    },
  };
});
