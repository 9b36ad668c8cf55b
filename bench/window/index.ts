import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { answerDialogs, launchApp, type RunningApp } from '../../test/e2e/support/app.ts';
import type { WindowFigure } from '../groups/window.ts';
import { makeLargeProject, makeLongRecording } from './prepare.ts';

/*
 * What somebody sees of the built application in the real Electron: prints a JSON array of `WindowFigure`. Needs a display:
 * `xvfb-run -a node --import tsx bench/window/index.ts`. Called by `npm run bench -- --only window`.
 */

/** What `in-page.js` puts into the page. */
interface Bench {
  readonly relabel: (digit: string, label: string) => Promise<Step>;
  readonly search: (words: string, found: number) => Promise<Step>;
  readonly turn: (turns: number, wheel: Wheel) => Promise<readonly number[]>;
}
interface Step {
  readonly patched: number;
  readonly shown: number;
}
interface Wheel {
  readonly deltaX?: number;
  readonly deltaY?: number;
  readonly zooms?: boolean;
  /** From this turn on the other way round. */
  readonly back?: number;
}
declare global {
  interface Window {
    readonly bench: Bench;
    /** When the first recording of the list was on the screen. */
    listShownAt?: number;
  }
}

const rounds = 21;
/** Steps of the wheel from the stop before, and how much of the recording then shows. */
const stops = [
  [11, 'half an hour'],
  [10, 'two minutes'],
  [8, 'ten seconds'],
] as const;
/** Projects of 100,000 segments, and how soon they should be there, in ms. */
const lists = [
  { recordings: 1000, openWithin: 1000, findWithin: 50 },
  { recordings: 10_000, openWithin: 4000, findWithin: 300 },
] as const;
const inPage = await readFile(new URL('./in-page.js', import.meta.url), 'utf8');
const folder = await mkdtemp(join(tmpdir(), 'bench-window-'));
const figures: WindowFigure[] = [];
try {
  for (const { recordings, openWithin, findWithin } of lists) {
    const project = join(folder, `list of ${recordings}`);
    await makeLargeProject(project, recordings);
    await inApp(`user of ${recordings}`, async (running) => {
      await openList(running, project, recordings, openWithin);
      await searchIt(running.page, recordings, findWithin);
      const each = 100_000 / recordings;
      await relabel(running.page, `${3 * each} s, ${each} segments`);
    });
  }
  // A user of its own, whose last project is not the one from before.
  await makeLongRecording(join(folder, 'user of one', 'project'));
  await inApp('user of one', async ({ page }) => {
    await relabel(page, '8 h, 20,000 segments');
    await scrollAndZoom(page);
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(JSON.stringify(figures));

async function inApp(user: string, work: (running: RunningApp) => Promise<void>): Promise<void> {
  const userFolder = join(folder, user);
  await mkdir(userFolder, { recursive: true });
  const running = await launchApp({ userFolder });
  // On a machine that is busy with other things the engine takes its time.
  running.page.setDefaultTimeout(120_000);
  try {
    await work(running);
  } finally {
    await running.close();
  }
}

async function openList(
  { app, page }: RunningApp,
  project: string,
  recordings: number,
  target: number,
): Promise<void> {
  await answerDialogs(app, { open: [project] });
  await page.addInitScript(`addEventListener('DOMContentLoaded', () => {
    const watcher = new MutationObserver(() => {
      if (!document.querySelector('.library li.row')) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => { window.listShownAt = Date.now(); }));
    });
    watcher.observe(document, { childList: true, subtree: true });
  })`);
  const began = Date.now();
  await page.keyboard.press('Control+Shift+P');
  const shown = await page.waitForFunction(() => window.listShownAt, undefined, { polling: 50 });
  tell(
    `open a project of 100,000 segments in ${inWords(recordings)} recordings`,
    [((await shown.jsonValue()) ?? 0) - began],
    target,
  );
  await page.locator('.tier-lane').first().waitFor();
  await page.evaluate(inPage);
}

/** Every seventh recording is a conversation in German, the others are interviews. */
async function searchIt(page: Page, recordings: number, target: number): Promise<void> {
  const german = Math.floor(recordings / 7);
  const steps: Step[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const words = ['gesprach', 'interview'][round % 2] ?? '';
    const found = [german, recordings - german][round % 2] ?? 0;
    steps.push(
      await page.evaluate(([each, count]) => window.bench.search(each, count), [
        words,
        found,
      ] as const),
    );
  }
  tell(
    `search ${inWords(recordings)} recordings by a word, to the screen`,
    steps.map(({ shown }) => shown),
    target,
  );
  await page.evaluate((all) => window.bench.search('', all), recordings);
}

function inWords(count: number): string {
  return count.toLocaleString('en');
}

async function relabel(page: Page, where: string): Promise<void> {
  await page.locator('.tier-lane[data-kind=model] canvas').waitFor();
  await page.evaluate(inPage);
  // The first digit accepts what the model says; from then on the segment is one's own.
  await page.keyboard.press('PageDown');
  await page.keyboard.press('5');
  await page.locator('.tier-lane[data-kind=annotator] canvas').waitFor();
  await page.keyboard.press('z');
  await page.locator('.tier-lane[data-kind=annotator] .handle').first().waitFor();
  const steps: Step[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [digit, label] = round % 2 === 0 ? (['4', 'sad'] as const) : (['5', 'angry'] as const);
    steps.push(
      await page.evaluate(([key, name]) => window.bench.relabel(key, name), [
        digit,
        label,
      ] as const),
    );
  }
  tell(
    `relabel a segment, to the screen (${where})`,
    steps.map(({ shown }) => shown),
    16,
  );
  tell(
    `relabel a segment, until the page has changed (${where})`,
    steps.map(({ patched }) => patched),
    16,
  );
  await page.keyboard.press('0');
}

async function scrollAndZoom(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  /** Processor time that the page's own thread has used, which the load of the machine does not change. */
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  const turn = async (what: string, turns: number, wheel: Wheel): Promise<void> => {
    const before = await busy();
    const times = await page.evaluate(([many, how]) => window.bench.turn(many, how), [
      turns,
      wheel,
    ] as const);
    tellFrames(what, times, ((await busy()) - before) / turns);
  };
  const zoomIn = (times: number): Promise<unknown> =>
    page.evaluate((many) => window.bench.turn(many, { deltaY: -30, zooms: true }), times);

  for (const lanes of ['', ', with a spectrogram and two descriptors']) {
    if (lanes) await showLanes(page);
    await page.keyboard.press('0');
    const wheel = { deltaY: -30, zooms: true, back: 30 };
    await turn(`zooming in and out over eight hours${lanes}`, 60, wheel);
    for (const [steps, where] of stops) {
      await zoomIn(steps);
      await turn(`scrolling, ${where} wide${lanes}`, 90, { deltaX: 40, back: 45 });
    }
  }
}

async function showLanes(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  for (const name of ['Loudness', 'Pitch']) {
    await page.getByRole('menuitemcheckbox', { name }).click();
  }
  await page.keyboard.press('Escape');
  // Eight hours are computed once, and from then on in the cache.
  await page.locator('.lane-frame canvas').nth(2).waitFor({ timeout: 300_000 });
  await page.locator('.spectrogram-lane canvas').waitFor({ timeout: 300_000 });
}

function tellFrames(what: string, times: readonly number[], busy: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(0.95 * sorted.length)] ?? 0;
  const short = times.filter((time) => time <= 50).length;
  const frame = 1000 / 60;
  figures.push(
    { name: `a frame at the 95th percentile: ${what}`, value: p95, unit: 'ms', target: frame },
    { name: `frames within 50 ms: ${what}`, value: short, unit: 'frames', target: times.length },
    { name: `the page's processor time a frame: ${what}`, value: busy, unit: 'ms', target: frame },
  );
  process.stderr.write(
    `${what}: p95 ${p95.toFixed(1)}, ${times.length - short} over 50 ms, busy ${busy.toFixed(2)}\n`,
  );
}

function tell(name: string, times: readonly number[], target: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  figures.push({ name, value: sorted[Math.floor(sorted.length / 2)] ?? 0, unit: 'ms', target });
  process.stderr.write(`${name}: ${sorted.map((time) => time.toFixed(1)).join(' ')}\n`);
}
