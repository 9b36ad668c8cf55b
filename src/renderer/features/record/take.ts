import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { RecordedMark } from '#shared/domain/recorded.ts';
import { useApi } from '../../lib/api.ts';
import type { SoundBlock } from './blocks.ts';
import type { Microphone } from './microphone.ts';
import { createOutbox, type Outbox } from './outbox.ts';

/** What has been recorded so far, on its way to the file. */
export const useTake = defineStore('take', () => {
  const { library } = useApi();
  const frames = ref(0);
  const sampleRate = ref(1);
  const marks = shallowRef<readonly RecordedMark[]>([]);
  /** Seconds of sound that are not in the file yet. */
  const waiting = ref(0);
  /** Seconds that the disk has room for. */
  const room = ref(Infinity);
  const seconds = computed(() => frames.value / sampleRate.value);
  let outbox: Outbox | undefined;

  library.on('record.space', ({ secondsLeft }) => {
    room.value = secondsLeft;
  });

  async function begin(
    { name, shape }: Microphone,
    onFailure: (error: unknown) => void,
  ): Promise<void> {
    frames.value = 0;
    marks.value = [];
    room.value = Infinity;
    waiting.value = 0;
    sampleRate.value = shape.sampleRate;
    await library.call('record.start', { ...shape, device: name });
    outbox = createOutbox({
      write: (at, samples) => library.call('record.write', { at, samples }),
      onWaiting: (waitingFrames) => {
        waiting.value = waitingFrames / shape.sampleRate;
      },
      onFailure,
    });
  }

  function add(block: SoundBlock): void {
    outbox?.send(block.samples, block.frames);
    frames.value += block.frames;
  }

  async function mark(note: string): Promise<void> {
    const at = frames.value;
    marks.value = [...marks.value, { at, note }];
    await library.call('record.mark', { at, note });
  }

  /** @returns the id of the recording; null where nothing was recorded */
  async function keep(): Promise<number | null> {
    await outbox?.settled();
    return (await library.call('record.keep', {})).id;
  }

  return {
    ...{ marks, waiting, room, seconds, sampleRate },
    ...{ begin, add, mark, keep },
    discard: () => library.call('record.discard', {}),
  };
});
