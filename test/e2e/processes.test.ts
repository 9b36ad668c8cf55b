import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchApp, type RunningApp } from './support/app.ts';
import { connectPageClient } from './support/page-client.ts';

let running: RunningApp;

beforeAll(async () => {
  running = await launchApp();
});
afterAll(() => running.close());

/** Process id of the engine or the library; 0 where it does not run. */
function pidOf(name: 'engine' | 'library'): Promise<number> {
  return running.app.evaluate(
    ({ app }, service) =>
      app.getAppMetrics().find((metric) => metric.name === `Undertone ${service}`)?.pid ?? 0,
    name,
  );
}

/** What the engine answers when it is asked who it is, or the code it is refused with. */
function askEngine(): Promise<string> {
  return running.page.evaluate(() =>
    window.testApi
      .engine()
      .call('engine.status', {})
      .then(
        ({ engine }) => engine,
        (error: unknown) => (error as { code: string }).code,
      ),
  );
}

function events(): Promise<readonly string[]> {
  return running.page.evaluate(() => window.testEvents);
}

describe('an engine that dies', () => {
  beforeEach(() => connectPageClient(running.page));

  it('rejects the calls that wait, is started again, and the page is told', async () => {
    expect(await askEngine()).toMatch(/native|portable/);
    const pid = await pidOf('engine');
    // Stopped first, so that the call is surely waiting when the engine dies.
    process.kill(pid, 'SIGSTOP');
    const outcome = askEngine();
    await running.page.evaluate(() => {
      window.testApi.onEngineReplaced(() => window.testEvents.push('replaced'));
    });
    process.kill(pid, 'SIGKILL');
    expect(await outcome).toBe('engine-stopped');
    await expect.poll(events).toContain('replaced');
    await expect.poll(events).toContainEqual(expect.stringMatching(/^engine\.restarted: it ended/));
    expect(await askEngine()).toMatch(/native|portable/);
    expect(await pidOf('engine')).not.toBe(pid);
  });

  it('is given up after three restarts in a minute, and calls are refused', async () => {
    for (let death = 2; death <= 4; death += 1) {
      await expect.poll(() => pidOf('engine'), { timeout: 20_000 }).not.toBe(0);
      process.kill(await pidOf('engine'), 'SIGKILL');
      await expect.poll(() => pidOf('engine')).toBe(0);
    }
    await expect
      .poll(events)
      .toContainEqual(expect.stringMatching(/^engine\.unavailable: it ended/));
    expect(await askEngine()).toBe('engine-stopped');
  });

  it('stays given up for a page that comes later', async () => {
    await expect
      .poll(events)
      .toContainEqual(expect.stringMatching(/^engine\.unavailable: it ended/));
    expect(await askEngine()).toBe('engine-stopped');
  });
});

describe('a library that dies', () => {
  it('is started again with a page that starts over', async () => {
    const pid = await pidOf('library');
    const reloaded = running.page.waitForEvent('load');
    process.kill(pid, 'SIGKILL');
    await reloaded;
    await connectPageClient(running.page);
    const recordings = await running.page.evaluate(() =>
      window.testApi.library.call('recordings.list', {}),
    );
    expect(recordings).toEqual([]);
    expect(await pidOf('library')).not.toBe(pid);
  });
});
