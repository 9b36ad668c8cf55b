import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchHeartbeat } from '../../../src/main/processes/heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('watchHeartbeat', () => {
  it('lets a process that answers live for ever', () => {
    const onSilence = vi.fn();
    const heartbeat = watchHeartbeat({
      ask: () => {
        heartbeat.heard();
      },
      onSilence,
    });
    heartbeat.start();
    vi.advanceTimersByTime(3_600_000);
    expect(onSilence).not.toHaveBeenCalled();
  });

  it('forgives a long computation, and tells once when ten questions stay unanswered', () => {
    const onSilence = vi.fn();
    const heartbeat = watchHeartbeat({ ask: () => undefined, onSilence });
    heartbeat.start();
    vi.advanceTimersByTime(9_000);
    heartbeat.heard();
    vi.advanceTimersByTime(10_000);
    expect(onSilence).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(onSilence).toHaveBeenCalledOnce();
  });

  it('asks no more once it is stopped', () => {
    const ask = vi.fn();
    const heartbeat = watchHeartbeat({ ask, onSilence: () => undefined });
    heartbeat.start();
    heartbeat.stop();
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
  });
});
