import { describe, expect, it } from 'vitest';
import { planRestart } from '../../../src/main/processes/restart-policy.ts';

describe('planRestart', () => {
  it('starts again three times in a minute, each time later, and then no more', () => {
    const deaths = [1_000, 5_000, 20_000, 40_000];
    const plans = deaths.map((_time, index) => planRestart(deaths.slice(0, index + 1)));
    expect(plans).toEqual([
      { kind: 'after', milliseconds: 200 },
      { kind: 'after', milliseconds: 800 },
      { kind: 'after', milliseconds: 3_200 },
      { kind: 'never' },
    ]);
  });

  it('forgets deaths that are a minute old', () => {
    expect(planRestart([0, 1_000, 2_000, 60_500])).toEqual({ kind: 'after', milliseconds: 3_200 });
    expect(planRestart([0, 1_000, 2_000, 90_000])).toEqual({ kind: 'after', milliseconds: 200 });
  });
});
