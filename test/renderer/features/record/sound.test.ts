import { describe, expect, it } from 'vitest';
import {
  createBlockMaker,
  type SoundBlock,
  type SoundChunk,
} from '../../../../src/renderer/features/record/blocks.ts';
import { createOutbox } from '../../../../src/renderer/features/record/outbox.ts';

/** 10 ms at 1 kHz that count on. */
function chunk(at: number, channels = 1, timestamp = at * 1000): SoundChunk {
  return {
    numberOfFrames: 10,
    numberOfChannels: channels,
    sampleRate: 1000,
    timestamp,
    copyTo: (target, { planeIndex }) => {
      (target as Float32Array).set(
        Array.from({ length: 10 }, (_, index) => at + index + 1000 * planeIndex),
      );
    },
    close: () => undefined,
  };
}

function make(chunks: readonly SoundChunk[], channels = 1): readonly SoundBlock[] {
  const blocks: SoundBlock[] = [];
  const add = createBlockMaker({ sampleRate: 1000, channels }, (block) => blocks.push(block));
  chunks.forEach(add);
  return blocks;
}

describe('blocks of sound', () => {
  it('hold every sample once, in order', () => {
    const blocks = make(Array.from({ length: 15 }, (_, index) => chunk(10 * index)));
    expect(blocks.map(({ frames }) => frames)).toEqual([50, 50, 50]);
    expect(blocks.flatMap(({ samples }) => [...samples])).toEqual(
      Array.from({ length: 150 }, (_, index) => index),
    );
    expect(blocks.every(({ missing }) => missing === 0)).toBe(true);
  });

  it('have channels side by side, and go on where a device loses one', () => {
    const chunks = [0, 10, 20, 30, 40].map((at) => chunk(at, at < 40 ? 2 : 1));
    const [block] = make(chunks, 2);
    expect([...(block?.samples.subarray(0, 4) ?? [])]).toEqual([0, 1000, 1, 1001]);
    expect([...(block?.samples.subarray(-2) ?? [])]).toEqual([49, 49]);
  });

  it('say what is missing between them, but not that time stamps waver', () => {
    const late = (at: number, ms: number) => chunk(at, 1, at * 1000 + ms * 1000);
    const steady = [late(0, 0), late(10, 20), late(20, 5), late(30, 100), late(40, 90)];
    expect(make(steady)[0]?.missing).toBe(0);
    const torn = [late(0, 0), late(10, 0), late(20, 2000), late(30, 2000), late(40, 2000)];
    expect(make(torn)[0]?.missing).toBe(2);
  });
});

describe('the outbox', () => {
  it('hands everything over in order, says how much waits, and when all is there', async () => {
    const arrived: number[] = [];
    const waits: number[] = [];
    const outbox = createOutbox({
      write: async (at) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        arrived.push(at);
      },
      onWaiting: (frames) => waits.push(frames),
      onFailure: (error) => {
        throw error;
      },
    });
    for (let block = 0; block < 4; block += 1) outbox.send(new Float32Array(50), 50);
    expect(Math.max(...waits)).toBe(200);
    await outbox.settled();
    expect(arrived).toEqual([0, 50, 100, 150]);
    expect(waits.at(-1)).toBe(0);
  });

  it('tells of what could not be handed over, and settles all the same', async () => {
    const failures: unknown[] = [];
    const outbox = createOutbox({
      write: () => Promise.reject(new Error('gone')),
      onWaiting: () => undefined,
      onFailure: (error) => failures.push(error),
    });
    outbox.send(new Float32Array(50), 50);
    await outbox.settled();
    expect(failures).toHaveLength(1);
  });
});
