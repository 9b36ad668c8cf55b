import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchApp, launchCommand, screenshot, temporaryFolder } from './support/app.ts';

let userFolder: string;

beforeEach(async () => {
  userFolder = await temporaryFolder();
});
afterEach(() => rm(userFolder, { recursive: true }));

describe('the window', () => {
  it('opens, and the page has nothing to complain about', async () => {
    const { app, page, complaints, close } = await launchApp({ userFolder });
    await expect.poll(() => visibleWindows(app)).toBe(1);
    expect(await page.title()).toContain('Undertone');
    expect(page.url()).toBe('app://bundle/index.html');
    await screenshot(page, 'first-start');
    expect(complaints).toEqual([]);
    await close();
  });

  it('lies where it lay when it was closed', async () => {
    const bounds = { x: 40, y: 30, width: 1111, height: 777 };
    const first = await launchApp({ userFolder });
    await first.app.evaluate(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
    }, bounds);
    // The window system takes its time.
    await expect.poll(() => windowBounds(first.app)).toEqual(bounds);
    await first.close();

    const second = await launchApp({ userFolder });
    await expect.poll(() => windowBounds(second.app)).toEqual(bounds);
    await second.close();
  });

  it('is the only one: a second start shows the first', async () => {
    const { app, close } = await launchApp({ userFolder });
    const { command, args, env } = await launchCommand({ userFolder, switches: [] });
    const second = spawn(command, [...args], { env, stdio: 'ignore' });
    const [status] = (await once(second, 'exit')) as [number];
    expect(status).toBe(0);
    expect(await visibleWindows(app)).toBe(1);
    await close();
  });
});

type App = Awaited<ReturnType<typeof launchApp>>['app'];

function windowBounds(app: App): Promise<unknown> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
}

function visibleWindows(app: App): Promise<number> {
  return app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
  );
}
