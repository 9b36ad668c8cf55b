import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchHeartbeat, watchStart } from '../../../src/main/processes/heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A process that is asked for a while and answers nothing. @param share of a processor that it takes */
function silence(share: number | undefined): { deadAfter: (seconds: number) => boolean } {
  const onSilence = vi.fn();
  const began = Date.now();
  const heartbeat = watchHeartbeat({
    ask: () => undefined,
    cpuSeconds: () => (share === undefined ? undefined : (share * (Date.now() - began)) / 1000),
    onSilence,
  });
  heartbeat.start();
  return {
    deadAfter: (seconds) => {
      vi.advanceTimersByTime(began + 1000 * seconds - Date.now());
      expect(onSilence.mock.calls.length).toBeLessThanOrEqual(1);
      return onSilence.mock.calls.length === 1;
    },
  };
}

describe('watchHeartbeat', () => {
  it('lets a process that answers live for ever', () => {
    const onSilence = vi.fn();
    const heartbeat = watchHeartbeat({
      ask: () => {
        heartbeat.heard();
      },
      cpuSeconds: () => 0,
      onSilence,
    });
    heartbeat.start();
    vi.advanceTimersByTime(3_600_000);
    expect(onSilence).not.toHaveBeenCalled();
  });

  it.each([
    ['that was stopped', 0],
    ['that runs in circles', 1],
  ])('tells of one %s within five seconds, once', (_, share) => {
    const { deadAfter } = silence(share);
    expect(deadAfter(3)).toBe(false);
    expect(deadAfter(5)).toBe(true);
    expect(deadAfter(60)).toBe(true);
  });

  it.each([
    ['that computes on a busy machine', 0.2],
    ['of which the system does not tell', undefined],
  ])('gives one %s ten questions', (_, share) => {
    const { deadAfter } = silence(share);
    expect(deadAfter(10)).toBe(false);
    expect(deadAfter(11)).toBe(true);
  });

  it('counts anew after an answer', () => {
    const onSilence = vi.fn();
    const heartbeat = watchHeartbeat({ ask: () => undefined, cpuSeconds: () => 0, onSilence });
    heartbeat.start();
    for (let time = 0; time < 100; time += 1) {
      vi.advanceTimersByTime(2_900);
      heartbeat.heard();
    }
    expect(onSilence).not.toHaveBeenCalled();
  });

  it('asks no more once it is stopped', () => {
    const ask = vi.fn();
    const heartbeat = watchHeartbeat({ ask, cpuSeconds: () => 0, onSilence: () => undefined });
    heartbeat.start();
    heartbeat.stop();
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('watchStart', () => {
  /** A process that takes a second of a processor to begin with, and then this share. */
  function starting(share: number | undefined): (seconds: number) => number {
    const onSilence = vi.fn();
    const began = Date.now();
    watchStart({
      cpuSeconds: () =>
        share === undefined ? undefined : 1 + (share * (Date.now() - began)) / 1000,
      onSilence,
    });
    return (seconds) => {
      vi.advanceTimersByTime(began + 1000 * seconds - Date.now());
      return onSilence.mock.calls.length;
    };
  }

  it('tells of one that was stopped after ten seconds, once', () => {
    const toldAfter = starting(0);
    expect([toldAfter(10), toldAfter(12), toldAfter(60)]).toEqual([0, 1, 1]);
  });

  it.each([
    ['that has little of a busy machine', 0.05],
    ['of which the system does not tell', undefined],
  ])('lets one %s take its time', (_, share) => {
    expect(starting(share)(600)).toBe(0);
  });

  it('is over once it has been ended', () => {
    const onSilence = vi.fn();
    watchStart({ cpuSeconds: () => 1, onSilence })();
    vi.advanceTimersByTime(60_000);
    expect(onSilence).not.toHaveBeenCalled();
  });
});
