import { computed, effectScope, nextTick, shallowRef, type ShallowRef } from 'vue';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Sketch } from '#shared/domain/peaks.ts';
import type { Recording, Sound } from '#shared/domain/recording.ts';
import { useSketch } from '../../../../src/renderer/features/recording/sketch.ts';

const sound: Sound = {
  ...{ sampleRate: 16_000, channels: 1, samples: 160_000 },
  ...{ damaged: null, uncertainStartSeconds: 0 },
};
const seen: Sketch = {
  sound,
  peaks: { samplesPerBlock: 100, minima: new Float32Array(3), maxima: new Float32Array(3) },
};

function reading(id: number, fraction: number): Recording {
  const status = { kind: 'working', stage: 'reading', fraction, secondsLeft: null } as const;
  const described = { speaker: '', note: '', difficult: false, tags: [], missing: false };
  const terms = { consent: 'not stated', source: '', licence: '', keepUntil: null } as const;
  return {
    id,
    name: 'a',
    path: '/a',
    addedAt: '',
    sound: null,
    ribbon: [],
    recorded: null,
    ...described,
    ...terms,
    status,
  };
}

interface Watched {
  readonly about: ShallowRef<Recording | undefined>;
  readonly sketch: Readonly<ShallowRef<Sketch | null>>;
  readonly asked: readonly number[];
}

function watching(first: Recording, answer: () => Promise<Sketch | null>): Watched {
  const about = shallowRef<Recording | undefined>(first);
  const asked: number[] = [];
  const scope = effectScope();
  onTestFinished(() => {
    scope.stop();
  });
  const sketch = scope.run(() =>
    useSketch(
      computed(() => about.value),
      (id) => {
        asked.push(id);
        return answer();
      },
    ),
  );
  if (!sketch) throw new Error('the scope has ended');
  return { about, sketch, asked };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a sketch', () => {
  it('is asked for while the recording is being read, not at every progress', async () => {
    const { about, sketch, asked } = watching(reading(1, 0.1), () => Promise.resolve(seen));
    await settled();
    expect(sketch.value).toBe(seen);
    about.value = reading(1, 0.11);
    await nextTick();
    expect(asked).toEqual([1]);
  });

  it('stays when reading ends, and goes when another recording is shown', async () => {
    const { about, sketch, asked } = watching(reading(1, 0.1), () => Promise.resolve(seen));
    await settled();
    about.value = { ...reading(1, 1), sound, status: { kind: 'ready' } };
    await settled();
    expect(sketch.value).toBe(seen);
    about.value = { ...reading(2, 1), sound, status: { kind: 'ready' } };
    await settled();
    expect(sketch.value).toBeNull();
    expect(asked).toEqual([1]);
  });

  it('is not shown for another recording than the one it was asked for', async () => {
    let answer: (sketch: Sketch) => void = () => undefined;
    const { about, sketch } = watching(
      reading(1, 0.1),
      () => new Promise((resolve) => (answer = resolve)),
    );
    about.value = { ...reading(2, 0), status: { kind: 'queued' } };
    await nextTick();
    answer(seen);
    await settled();
    expect(sketch.value).toBeNull();
  });

  it('is none where the engine has gone', async () => {
    const { sketch } = watching(reading(1, 0.1), () => Promise.reject(new Error('gone')));
    await settled();
    expect(sketch.value).toBeNull();
  });
});
