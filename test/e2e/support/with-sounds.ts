import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Recording } from '#shared/domain/recording.ts';
import { dropFiles, launchApp, type RunningApp } from './app.ts';
import { connectPageClient } from './page-client.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const patiently = { timeout: 60_000 };

/**
 * Starts the application and drops copies of sound files on it, which lie in `sounds` beside its project; asks its
 * library through `window.testApi`.
 *
 * @param sounds what each copy is called, and the file of this repository that it is of
 */
export async function launchWithSounds(
  userFolder: string,
  sounds: Readonly<Record<string, string>>,
): Promise<RunningApp> {
  const folder = path.join(userFolder, 'sounds');
  await mkdir(folder);
  for (const [name, from] of Object.entries(sounds)) {
    await copyFile(path.join(root, from), path.join(folder, name));
  }
  const running = await launchApp({ userFolder });
  await connectPageClient(running.page);
  const files = Object.keys(sounds).map((name) => path.join(folder, name));
  await dropFiles(running.page, 'body', files);
  return running;
}

/** Clips of EMO-DB under their own names, for `launchWithSounds`. */
export function emodbClips(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, `test/fixtures/emodb/${name}`]));
}

export function recordingsOf(page: Page): Promise<readonly Recording[]> {
  return page.evaluate(() => window.testApi.library.call('recordings.list', {}));
}

/** Waits until so many recordings are there, and all are analysed. */
export async function untilAnalysed(page: Page, count: number, timeout: number): Promise<void> {
  const statuses = async () => (await recordingsOf(page)).map(({ status }) => status.kind);
  await expect.poll(statuses, { timeout }).toEqual(new Array<string>(count).fill('ready'));
}

/** Opens a recording by a click on its row. */
export async function openRecording(page: Page, name: string): Promise<void> {
  await page.locator('.row .main', { hasText: name }).click();
  await expect.poll(() => page.title(), patiently).toContain(name);
}
