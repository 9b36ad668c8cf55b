import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Page } from 'playwright-core';

export interface PackagedApp {
  readonly page: Page;
  readonly process: ChildProcess;
  /** Errors of the page's console, up to now. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts a packaged application and attaches to its page. Its fuses forbid the inspector by which Playwright
 * starts an unpackaged one, so this goes through Chromium's own door.
 */
export async function startPackaged(
  binary: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<PackagedApp> {
  const child = spawn(binary, ['--remote-debugging-port=0', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const browser = await chromium.connectOverCDP(await debuggerAddress(child));
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('The application has no browser context.');
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    page,
    process: child,
    complaints,
    close: async () => {
      await browser.close();
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      reject(new Error(`The application ended at once (${code ?? signal ?? ''}).\n${said}`));
    });
  });
}
