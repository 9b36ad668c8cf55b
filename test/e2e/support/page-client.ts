import path from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { AppApi } from '../../../src/renderer/lib/api.ts';

declare global {
  interface Window {
    /** The page's own client, connected a second time for a test. */
    testApi: AppApi;
    /** What the shell told since then, as `name: reason`. */
    testEvents: string[];
  }
}

const entry = path.resolve(import.meta.dirname, '../../../src/renderer/lib/ports.ts');

/** Made once: some tests connect after each of dozens of starts. */
let bundle: Promise<string> | undefined;

/** Puts a client of our own beside the page's: the code that the page uses, with ports of its own. */
export async function connectPageClient(page: Page): Promise<void> {
  const code = await (bundle ??= bundled());
  await page.evaluate(`${code}; undertoneClient.connectToApp().then((api) => {
    window.testApi = api;
    window.testEvents = [];
    for (const name of ['engine.restarted', 'engine.unavailable']) {
      api.shell.on(name, ({ reason }) => window.testEvents.push(name + ': ' + reason));
    }
  })`);
}

async function bundled(): Promise<string> {
  const results = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry, name: 'undertoneClient', formats: ['iife'] },
    },
  });
  const [result] = [results].flat();
  const [chunk] = result && 'output' in result ? result.output : [];
  if (!chunk) throw new Error('Nothing was built.');
  return chunk.code;
}
