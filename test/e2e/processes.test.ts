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

  it('is ended and started again when it no longer answers', async () => {
    const pid = await pidOf('engine');
    process.kill(pid, 'SIGSTOP');
    await expect
      .poll(events, { timeout: 60_000 })
      .toContain('engine.restarted: it no longer answered');
    expect(await askEngine()).toMatch(/native|portable/);
    expect(await pidOf('engine')).not.toBe(pid);
  });

  it('is given up when it dies again and again, and calls are refused', async () => {
    const givenUp = async () =>
      (await events()).some((event) => event.startsWith('engine.unavailable'));
    // The number of deaths that takes is the policy's affair; see restart-policy.test.ts.
    for (let death = 1; death <= 6 && !(await givenUp()); death += 1) {
      const alive = async () => (await givenUp()) || (await pidOf('engine')) !== 0;
      await expect.poll(alive, { timeout: 20_000 }).toBe(true);
      const pid = await pidOf('engine');
      if (pid !== 0) process.kill(pid, 'SIGKILL');
      await expect.poll(() => pidOf('engine')).not.toBe(pid || -1);
    }
    expect(await givenUp()).toBe(true);
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

describe('a page that crashes', () => {
  it('is loaded again, with ports of its own', async () => {
    await running.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const loaded = new Promise<void>((resolve) => {
        contents?.once('did-finish-load', () => {
          resolve();
        });
      });
      contents?.forcefullyCrashRenderer();
      await loaded;
    });
    const drawn = () =>
      running.app.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
            "document.querySelector('#app').childElementCount",
          ) as Promise<number>,
      );
    // The page draws nothing before it is connected.
    await expect.poll(drawn).toBeGreaterThan(0);
  });
});
