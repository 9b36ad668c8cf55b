import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { ReviewItem } from '#shared/domain/review.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useLibrary } from '../library/index.ts';
import { useBlind, useSegments, useSelection } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';
import { usePresent } from './present.ts';
import { useRound } from './round.ts';
import { useTempo } from './tempo.ts';
import { nextOpen, reopened } from './walk.ts';

/** Going through a round: which one it is the turn of, and the ways from there. */
export const useReview = defineStore('review', () => {
  const round = useRound();
  const library = useLibrary();
  const segments = useSegments();
  const selection = useSelection();
  const player = usePlayer();
  const blind = useBlind();
  const tempo = useTempo();
  const present = usePresent();
  const { say } = useAnnouncer();

  const running = ref(false);
  const segmentId = ref<number | null>(null);
  const autoPlay = useLocalStorage('review-autoplay', true);

  const item = computed(() => round.items.find((each) => each.segmentId === segmentId.value));
  const segment = computed(() => item.value && segments.byId.get(item.value.segmentId));
  /** Whether keys are about it: one may have chosen something else meanwhile. */
  const inTurn = computed(
    () => running.value && selection.ids.size === 1 && selection.segment?.id === segmentId.value,
  );
  const isBlind = computed(() => running.value && item.value?.audit === true);

  // At once: what the model says must not show for a moment, nor be read out.
  watch(isBlind, (now) => (blind.on = now), { flush: 'sync' });
  // Its recording may have to be opened first.
  watch(() => running.value && segment.value?.id, show);
  watch(
    () => round.items,
    (now, before) => {
      if (!running.value) return;
      const back = reopened(now, before);
      if (back) go(back);
      else if (!item.value) next();
    },
  );

  function show(): void {
    if (!running.value || !segment.value) return;
    present(segment.value, autoPlay.value);
    tempo.begin();
  }

  function go(to: ReviewItem): void {
    player.pause();
    segmentId.value = to.segmentId;
    library.select(to.recordingId);
  }

  /** Goes on to what is open; where nothing is, the round is over. */
  function next(): void {
    const to = nextOpen(round.items, segmentId.value);
    if (to) go(to);
    else if (round.open.length === 0) {
      running.value = false;
      say(`All ${round.items.length} are dealt with.`);
    }
  }

  async function start(): Promise<void> {
    if (round.planned !== null || !round.possible) return;
    if (round.open.length === 0) await round.plan();
    const to = item.value?.done === false ? item.value : round.open[0];
    if (!to) return;
    running.value = true;
    go(to);
  }

  function pause(): void {
    running.value = false;
  }

  return {
    ...{ running, item, segment, inTurn, autoPlay, start, pause, next, show },
    /** To be called when an answer is on the disk. */
    goOn: () => {
      if (!item.value?.done) return;
      tempo.end(item.value.seconds);
      next();
    },
    /** Leaves it for later. */
    skip: () => {
      if (running.value) next();
    },
    back: () => {
      const at = round.items.findIndex((each) => each.segmentId === segmentId.value);
      const before = round.items[at - 1];
      if (running.value && before) go(before);
    },
    toggle: async () => {
      if (running.value) pause();
      else await start();
    },
  };
});
