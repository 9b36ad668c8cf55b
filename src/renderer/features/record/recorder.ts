import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { toErrorShape, UndertoneError, type ErrorShape } from '#shared/contract/errors.ts';
import { formatClock } from '#shared/domain/time.ts';
import { useApi } from '../../lib/api.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from '../library/index.ts';
import { usePlayer } from '../transport/index.ts';
import type { SoundBlock } from './blocks.ts';
import { useInput } from './input.ts';
import { useLive } from './live.ts';
import { useTake } from './take.ts';

/**
 * `off`: nobody records. `ready`: the microphone is on, nothing is written. `paused`: likewise, in the middle of a
 * recording. `failed`: there is no microphone, and the words for it are in `error`.
 */
type Phase = 'off' | 'opening' | 'failed' | 'ready' | 'recording' | 'paused' | 'ending';

/** Seconds of sound that may wait to be written; a disk that falls further behind will not catch up. */
const mostWaiting = 60;

/** Recording from the microphone, from choosing it to keeping or discarding what was said. */
export const useRecorder = defineStore('recorder', () => {
  const player = usePlayer();
  const input = useInput();
  const take = useTake();
  const live = useLive();
  const { attempt } = useToasts();
  const { say } = useAnnouncer();
  const phase = ref<Phase>('off');
  const error = shallowRef<ErrorShape | null>(null);
  const isRunning = computed(() => phase.value === 'recording' || phase.value === 'paused');
  const { keep, discard, stopFor } = useEnding(phase, isRunning);

  /** The person chose to record, or another microphone: only now it is asked for. */
  async function open(): Promise<void> {
    if (isRunning.value || phase.value === 'opening' || phase.value === 'ending') return;
    player.pause();
    error.value = null;
    phase.value = 'opening';
    try {
      await input.switchOn({ onBlock: hear, onLost: lose });
      phase.value = 'ready';
      say(`Microphone on: ${input.microphone?.name ?? ''}.`);
    } catch (failure) {
      await fail(toErrorShape(failure));
    }
  }

  async function fail(reason: ErrorShape): Promise<void> {
    error.value = reason;
    phase.value = 'failed';
    await input.switchOff();
  }

  async function start(): Promise<void> {
    const { microphone } = input;
    if (!microphone || phase.value !== 'ready') return;
    await attempt(async () => {
      await take.begin(microphone, (failure) => void stopFor(toErrorShape(failure)));
      live.start(microphone.shape);
      phase.value = 'recording';
      say('Recording.');
    });
  }

  function hear(block: SoundBlock): void {
    if (phase.value !== 'recording') return;
    if (block.missing > 0) {
      mark(`${block.missing.toFixed(1)} s are missing: the device left them out`);
    }
    take.add(block);
    live.hear(block, take.seconds);
    if (take.waiting > mostWaiting) {
      void stopFor(toErrorShape(new UndertoneError('recording-behind')));
    }
  }

  function pause(): void {
    if (!isRunning.value) return;
    phase.value = phase.value === 'paused' ? 'recording' : 'paused';
    say(phase.value === 'paused' ? 'Paused.' : 'Recording.');
  }

  function mark(note = ''): void {
    if (!isRunning.value) return;
    void attempt(() => take.mark(note));
    say(note || `Marked ${formatClock(take.seconds)}.`);
  }

  function lose(): void {
    const subject = input.microphone?.name ?? '';
    const lost = toErrorShape(new UndertoneError('microphone-lost', { subject }));
    if (isRunning.value) void stopFor(lost);
    else void fail(lost);
  }

  async function close(): Promise<void> {
    if (isRunning.value || phase.value === 'ending') return;
    phase.value = 'off';
    await input.switchOff();
  }

  return {
    ...{ phase, error, isRunning, isOpen: computed(() => phase.value !== 'off') },
    ...{ open, close, start, pause, mark, keep, discard },
  };
});

/** How a recording comes to its end: as the person wants it, or because it cannot go on. */
function useEnding(
  phase: { value: Phase },
  isRunning: { readonly value: boolean },
): Record<'keep' | 'discard', () => Promise<void>> & {
  readonly stopFor: (reason: ErrorShape) => Promise<void>;
} {
  const { library: process } = useApi();
  const library = useLibrary();
  const input = useInput();
  const take = useTake();
  const live = useLive();
  const { show, attempt } = useToasts();
  const { say } = useAnnouncer();

  async function end(act: () => Promise<void>): Promise<void> {
    if (!isRunning.value) return;
    phase.value = 'ending';
    await input.switchOff();
    await attempt(act);
    live.stop();
    phase.value = 'off';
  }

  const keep = (): Promise<void> =>
    end(async () => {
      const id = await take.keep();
      if (id !== null) library.select(id);
      say('The recording is kept and will be analysed.');
    });

  process.on('record.stopped', ({ error: { message, hint }, id }) => {
    show({ kind: 'failed', message, hint: `${hint} What was recorded up to then is kept.` });
    void end(() => {
      if (id !== null) library.select(id);
      return Promise.resolve();
    });
  });

  return {
    keep,
    discard: () =>
      end(async () => {
        await take.discard();
        say('The recording is discarded.');
      }),
    stopFor: async ({ message, hint }) => {
      if (!isRunning.value) return;
      show({ kind: 'failed', message, hint });
      await keep();
    },
  };
}
