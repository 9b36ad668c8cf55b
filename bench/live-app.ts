import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { launchApp } from '../test/e2e/support/app.ts';
import { speech, writeWav } from './speech.ts';

/**
 * From sound to screen in the real, built application: it records a fake microphone that speaks, and prints what its
 * details panel has measured, each half minute of the last half minute. `xvfb-run -a node --import tsx bench/live-app.ts`
 */
const { minutes } = new Command('live-app')
  .option('--minutes <number>', 'of recording', Number, 5)
  .parse()
  .opts<{ readonly minutes: number }>();

const folder = await mkdtemp(join(tmpdir(), 'live-app-'));
const wav = join(folder, 'microphone.wav');
await writeWav(wav, await speech(), 60);
const { page, close } = await launchApp({
  userFolder: join(folder, 'user'),
  switches: ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${wav}`],
});
try {
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Start recording' }).click();
  await page.getByText('Details', { exact: true }).click();
  for (let half = 0; half < 2 * minutes; half += 1) {
    await page.waitForTimeout(30_000);
    const clock = await page.locator('.record-controls .clock').innerText();
    const figures = await page.locator('.live-details dl').innerText();
    process.stdout.write(`${clock}  ${figures.replaceAll('\n', ' ')}\n`);
  }
  await page.getByRole('button', { name: 'Stop and keep' }).click();
  await page.getByRole('button', { name: 'Start recording' }).waitFor({ state: 'detached' });
} finally {
  await close();
  await rm(folder, { recursive: true, force: true });
}
