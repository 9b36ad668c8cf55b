import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import {
  dropFiles,
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';

/** A sitting of an annotator who, but for opening the file, has no mouse; at the end one who has. */
let userFolder: string;
let sound: string;
let running: RunningApp;
let page: Page;

const patiently = { timeout: 15_000 };

beforeAll(async () => {
  userFolder = await temporaryFolder();
  await mkdir(path.join(userFolder, 'sounds'));
  sound = path.join(userFolder, 'sounds', 'talk.wav');
  const { samples } = conversation([0.8, 0.5, 1.2, 2, 0.4, 1.5, 0.6, 1, 0.7, 0.9, 0.5]);
  await writeFile(sound, makeWav([samples], { format: 's16', sampleRate: 16_000 }));
  running = await launchApp({ userFolder });
  page = running.page;
  await dropFiles(page, 'body', [sound]);
  await handles('model').first().waitFor({ timeout: 90_000 });
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

type Row = 'model' | 'annotator';
const handles = (row: Row) => page.locator(`.tier-lane[data-kind=${row}] .handle`);
/** A row as it is said: `angry, 0:01.20 to 0:02.40`. */
const spoken = async (row: Row): Promise<readonly string[]> =>
  handles(row).evaluateAll((all) =>
    all.map((each) => (each.getAttribute('aria-label') ?? '').replaceAll('\u00a0', ' ')),
  );
const labels = async (): Promise<readonly string[]> =>
  (await spoken('annotator')).map((words) => words.split(',')[0] ?? '');
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const message = (words: string) => page.locator('.toast').getByText(words);

describe('by keyboard alone', () => {
  let labelled: readonly string[];

  it('labels ten segments: a digit says what it is, Enter goes on', async () => {
    // All that the model heard, silence aside: `Enter` with nothing chosen turns to the first of it.
    const digits = ['5', '4', '3', '1', '2', '6', '7', '8', '5', '4'];
    const given = ['angry', 'sad', 'happy', 'neutral', 'calm', 'fearful', 'disgust', 'surprised'];
    const expected = [...given, 'angry', 'sad'];
    for (const [index, digit] of digits.entries()) {
      await press('Enter', digit);
      await expect.poll(labels, patiently).toEqual(expected.slice(0, index + 1));
    }
    labelled = await spoken('annotator');
    await screenshot(page, 'annotated');
  });

  it('splits at the playhead, merges again, and moves an edge by 10 and by 100 ms', async () => {
    await press('ArrowDown', 'Escape', 'Home', 'PageDown', 'PageDown');
    const before = await spoken('annotator');
    const start = await chosenStart();
    await press('Escape');
    await seekTo(start + 1.2);
    await press('s');
    await expect.poll(async () => (await labels()).length, patiently).toBe(11);
    const parts = await labels();
    expect(parts.filter((label, at) => label === parts[at + 1])).toHaveLength(1);

    await press('m');
    await expect.poll(() => spoken('annotator'), patiently).toEqual(before);

    const times = await chosenTimes();
    await press('Control+ArrowLeft');
    await expect.poll(async () => (await chosenTimes()).end).toBeCloseTo(times.end - 0.01, 2);
    await press('Alt+Shift+ArrowRight');
    await expect.poll(async () => (await chosenTimes()).start).toBeCloseTo(times.start + 0.1, 2);
  });

  it('undoes all of it and does it again', async () => {
    const after = await spoken('annotator');
    for (let left = 4; left > 0; left -= 1) await press('Control+z');
    await expect.poll(() => spoken('annotator'), patiently).toEqual(labelled);
    await message('Undid:').first().waitFor();
    for (let left = 4; left > 0; left -= 1) await press('Control+Shift+z');
    await expect.poll(() => spoken('annotator'), patiently).toEqual(after);
  });

  it('writes a note, which is text and no commands', async () => {
    await press('n');
    await page.keyboard.type('sighs; 5 times');
    await press('Escape');
    await expect
      .poll(() => page.locator('.tier-lane[data-kind=annotator] .noted').count(), patiently)
      .toBe(1);
    expect(await labels()).toHaveLength(10);
  });

  it('goes on with the note from the model’s segment of the same stretch', async () => {
    const note = page.locator('.segment-note textarea');
    const written = await page.locator('.tier-lane[data-kind=annotator] .noted').boundingBox();
    const models = await handles('model').first().boundingBox();
    await page.mouse.click(
      (written?.x ?? 0) + (written?.width ?? 0) / 2,
      (models?.y ?? 0) + (models?.height ?? 0) / 2,
    );
    await page.getByText('The model says so').waitFor(patiently);
    expect(await note.inputValue()).toBe('sighs; 5 times');
    await press('n', 'End');
    await page.keyboard.type(', then laughs');
    await press('Escape');
    await page.locator('.tier-lane[data-kind=annotator] .noted').click();
    await expect.poll(() => note.inputValue(), patiently).toBe('sighs; 5 times, then laughs');
    expect(await message('labelled already').count()).toBe(0);
  });

  it('steps back in the history to any point, and forth again', async () => {
    const now = await spoken('annotator');
    await press('h');
    const beginning = page.getByRole('button', { name: 'The beginning' });
    await beginning.focus();
    await press('Enter');
    await expect.poll(labels, patiently).toEqual([]);
    await screenshot(page, 'history');
    await page.locator('.history ol button').first().focus();
    await press('Enter');
    await expect.poll(() => spoken('annotator'), patiently).toEqual(now);
    await press('h');
  });

  it('edits in the table as on the timeline', async () => {
    const before = await labels();
    await press('t');
    await page.getByRole('grid').locator('[role=row][tabindex="0"]').focus();
    await press('Home', 'ArrowDown', 'ArrowDown');
    await press('2');
    const expected = before.toSpliced(2, 1, 'calm');
    await expect.poll(labels, patiently).toEqual(expected);
    await press('Home', 'Shift+ArrowDown', 'Delete');
    await expect.poll(labels, patiently).toEqual(expected.slice(2));
    await press('Control+z', 't');
    await expect.poll(labels, patiently).toEqual(expected);
  });

  it('says why something cannot be done, and leaves all as it was', async () => {
    const before = await spoken('annotator');
    await press('ArrowUp', 'Escape', 'Home', 'Delete');
    await message('Nothing is chosen.').waitFor();
    await press('PageDown', 'Delete');
    await message('What the model says stays.').waitFor();
    expect(await spoken('annotator')).toEqual(before);
  });

  it('finds all as it was left at the next start, the history too', async () => {
    const left = await spoken('annotator');
    await running.close();
    running = await launchApp({ userFolder });
    page = running.page;
    await expect.poll(() => spoken('annotator'), patiently).toEqual(left);
    await press('Control+z');
    await expect.poll(() => spoken('annotator'), patiently).not.toEqual(left);
    await press('Control+y');
    await expect.poll(() => spoken('annotator'), patiently).toEqual(left);
  });
});

describe('by mouse', () => {
  it('draws a segment, pulls at its edge and moves it; Escape takes a drag back', async () => {
    await press('Control+a');
    await page.getByRole('button', { name: /^Annotator 1/ }).click();
    await press('Control+a', 'Delete');
    await expect.poll(labels, patiently).toEqual([]);
    const lane = await laneBox();

    await drag([lane.x + 0.2 * lane.width, lane.x + 0.4 * lane.width], lane.y);
    await expect.poll(async () => (await labels()).length, patiently).toBe(1);
    const drawn = await chosenTimes();

    await drag([lane.x + 0.4 * lane.width - 1, lane.x + 0.5 * lane.width], lane.y, ['Alt']);
    await expect.poll(async () => (await chosenTimes()).end).toBeGreaterThan(drawn.end + 1);
    expect((await chosenTimes()).start).toBeCloseTo(drawn.start, 2);

    const long = await chosenTimes();
    await drag([lane.x + 0.3 * lane.width, lane.x + 0.4 * lane.width], lane.y, ['Alt']);
    await expect.poll(async () => (await chosenTimes()).start).toBeGreaterThan(long.start + 1);
    const moved = await chosenTimes();
    expect(moved.end - moved.start).toBeCloseTo(long.end - long.start, 1);

    await page.mouse.move(lane.x + 0.45 * lane.width, lane.y);
    await page.mouse.down();
    await page.mouse.move(lane.x + 0.7 * lane.width, lane.y, { steps: 5 });
    await press('Escape');
    await page.mouse.up();
    expect(await chosenTimes()).toEqual(moved);
  });

  it('marks a stretch on the sound, and a digit makes it a segment', async () => {
    const lane = await laneBox();
    const wave = await boxOf('.waveform-lane');
    await drag([lane.x + 0.75 * lane.width, lane.x + 0.85 * lane.width], wave.y + wave.height / 2);
    await page.getByText('Marked stretch').waitFor();
    await press('3');
    await expect.poll(labels, patiently).toContain('happy');
  });

  it('gives the project a label and a tier of its own', async () => {
    await press('e');
    await page.getByRole('button', { name: 'Add a label' }).click();
    await page.getByPlaceholder('New label').fill('ironic');
    await screenshot(page, 'labels');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.label-buttons').getByRole('button', { name: 'ironic' }).click();
    await expect.poll(labels, patiently).toContain('ironic');

    await page.getByRole('button', { name: 'Tier', exact: true }).click();
    await page.getByRole('menuitem', { name: 'For an annotator…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Second listener');
    await press('Enter');
    await page.getByRole('group', { name: 'Second listener' }).waitFor();
    await page.getByRole('button', { name: 'Undo: ' }).click();
    await expect.poll(() => page.locator('.tier-lane').count(), patiently).toBe(2);
  });

  it('can be used by everybody: no finding of axe with anything chosen, in light and in dark', async () => {
    await press('t');
    // Before axe, which tries out styles that the page's policy forbids.
    expect(running.complaints).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const tab of ['History', 'Selection']) {
        await page.getByRole('tab', { name: tab }).click();
        await screenshot(page, `annotate-${tab.toLowerCase()}-${colorScheme}`);
        await page.evaluate(axe.source);
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run();
          return violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
          );
        });
        expect(found).toEqual([]);
      }
    }
  });
});

interface Times {
  readonly start: number;
  readonly end: number;
}

/** The times that the inspector shows. */
async function chosenTimes(): Promise<Times> {
  const words = await page.getByRole('tabpanel').locator('.selectable').first().innerText();
  const [start = 0, end = 0] = [...words.matchAll(/(\d+):(\d+\.\d+)/g)].map(
    ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
  );
  return { start, end };
}

async function chosenStart(): Promise<number> {
  return (await chosenTimes()).start;
}

/** Walks the playhead there by key, as far as steps of a second go, and plays the rest. */
async function seekTo(seconds: number): Promise<void> {
  await press('Home');
  for (let left = Math.floor(seconds); left > 0; left -= 1) await press('ArrowRight');
}

async function boxOf(selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`There is no ${selector}.`);
  return box;
}

/** The annotator's row, `y` in its middle. */
async function laneBox() {
  const box = await boxOf('.tier-lane[data-kind=annotator]');
  return { ...box, y: box.y + box.height / 2 };
}

async function drag(
  [from, to]: readonly [number, number],
  y: number,
  held: readonly string[] = [],
): Promise<void> {
  await page.mouse.move(from, y);
  await page.mouse.down();
  for (const key of held) await page.keyboard.down(key);
  await page.mouse.move(to, y, { steps: 8 });
  await page.mouse.up();
  for (const key of held) await page.keyboard.up(key);
}
