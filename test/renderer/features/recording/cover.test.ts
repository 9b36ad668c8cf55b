import { describe, expect, it } from 'vitest';
import { computed, shallowRef } from 'vue';
import { useCover, type Cover } from '../../../../src/renderer/features/recording/cover.ts';

interface Marked {
  readonly id: number;
  readonly difficult: boolean;
}

const plain = { id: 1, difficult: false };
const hard = { id: 2, difficult: true };

function coverOf(first?: Marked): Cover & { readonly show: (now: Marked) => void } {
  const about = shallowRef(first);
  const cover = useCover(computed(() => about.value));
  return {
    ...cover,
    show: (now) => {
      about.value = now;
    },
  };
}

describe('what is difficult to listen to', () => {
  it('is covered until it is opened, and stays open when one comes back to it', () => {
    const { covered, open, show } = coverOf(plain);
    expect(covered.value).toBe(false);
    show(hard);
    expect(covered.value).toBe(true);
    open();
    expect(covered.value).toBe(false);
    show({ id: 3, difficult: true });
    expect(covered.value, 'another one').toBe(true);
    show({ ...hard });
    expect(covered.value).toBe(false);
  });

  it('is covered where it is what shows first', () => {
    expect(coverOf(hard).covered.value).toBe(true);
    expect(coverOf().covered.value).toBe(false);
  });

  it('is not covered for whoever marks it while it is open', () => {
    const { covered, show } = coverOf(plain);
    show({ ...plain, difficult: true });
    expect(covered.value).toBe(false);
  });
});
