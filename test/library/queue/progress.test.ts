import { describe, expect, it } from 'vitest';
import { createProgressMeter, type Working } from '#library/queue/progress.ts';

interface Metered {
  readonly told: readonly Working[];
  readonly at: (ms: number, stage: Working['stage'], fraction: number) => void;
}

function meter(): Metered {
  const told: Working[] = [];
  let time = 0;
  const { advance } = createProgressMeter(
    (status) => told.push(status),
    () => time,
  );
  return {
    told,
    at: (ms, stage, fraction) => {
      time = ms;
      advance(stage, fraction);
    },
  };
}

describe('the progress of a recording', () => {
  it('runs from 0 to 1 over both stages and never back', () => {
    const { told, at } = meter();
    at(0, 'reading', 0);
    at(1000, 'reading', 0.5);
    at(2000, 'reading', 1);
    at(2001, 'analysing', 0);
    at(9000, 'analysing', 1);
    const fractions = told.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(told[2]?.fraction).toBe(told[3]?.fraction);
  });

  it('is told at most ten times a second, and at every new stage', () => {
    const { told, at } = meter();
    for (let ms = 0; ms < 1000; ms++) at(ms, 'reading', ms / 1000);
    expect(told).toHaveLength(10);
    at(1000, 'analysing', 0);
    expect(told.at(-1)?.stage).toBe('analysing');
  });

  it('says how long it will take once there is something to go by', () => {
    const { told, at } = meter();
    at(0, 'reading', 0);
    at(100, 'reading', 1);
    at(10_000, 'analysing', 0.5);
    at(20_000, 'analysing', 1);
    expect(told.map(({ secondsLeft }) => secondsLeft)).toEqual([
      null,
      null,
      expect.closeTo(10 * (0.425 / 0.575)) as number,
      0,
    ]);
  });
});
