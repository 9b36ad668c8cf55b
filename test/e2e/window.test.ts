import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  launchApp,
  launchCommand,
  removeFolder,
  screenshot,
  temporaryFolder,
} from './support/app.ts';

let userFolder: string;

beforeEach(async () => {
  userFolder = await temporaryFolder();
});
afterEach(() => removeFolder(userFolder));

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

  it('finds again what its page kept, however soon it was closed', async () => {
    const first = await launchApp({ userFolder });
    await first.page.evaluate(() => {
      localStorage.setItem('kept', 'yes');
    });
    await first.close();

    const second = await launchApp({ userFolder });
    expect(await second.page.evaluate(() => localStorage.getItem('kept'))).toBe('yes');
    await second.close();
  });

  it('is the only one: a second start shows the first', async () => {
    const { app, close } = await launchApp({ userFolder });
    const { command, args, env } = await launchCommand({ userFolder, switches: [], byHand: false });
    const second = spawn(command, [...args], { env, stdio: 'ignore' });
    const [status] = (await once(second, 'exit')) as [number];
    expect(status).toBe(0);
    expect(await visibleWindows(app)).toBe(1);
    await close();
  });
});

const networkRecord = z.object({
  events: z.array(
    z.object({
      params: z
        .object({
          url: z.string().optional(),
          host: z.string().optional(),
          address: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

describe('the network', () => {
  it('is left alone: nothing is asked for, looked up or connected to', async () => {
    // Chromium's own record of all that it does in the network, whoever in it does so.
    const record = path.join(userFolder, 'network.json');
    const { page, close } = await launchApp({ userFolder, switches: [`--log-net-log=${record}`] });
    // What Chromium does in the background it does within the first seconds.
    await page.waitForTimeout(3_000);
    await close();
    const { events } = networkRecord.parse(JSON.parse(await readFile(record, 'utf8')));
    expect(events.length).toBeGreaterThan(0);
    const places = events.flatMap(({ params }) => [params?.url, params?.host, params?.address]);
    expect(places.filter((place) => place !== undefined)).toEqual([]);
  });
});

describe('a project that cannot be opened', () => {
  it('is tried once, and the log says so without naming it', async () => {
    // A file where the folder should be.
    await writeFile(path.join(userFolder, 'project'), '');
    const { app } = await launchApp({ userFolder });
    const log = () => readFile(path.join(userFolder, 'logs/undertone.log'), 'utf8');
    await expect.poll(log).toContain('library is gone: it could not start');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await log()).match(/library is gone/g)).toHaveLength(1);
    expect(await log()).not.toContain(userFolder);
    // There is a dialog, which nobody answers here.
    app.process().kill('SIGKILL');
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
