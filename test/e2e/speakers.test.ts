import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './support/accessible.ts';
import { removeFolder, screenshot, temporaryFolder, type RunningApp } from './support/app.ts';
import { launchWithSounds, openRecording, untilAnalysed } from './support/with-sounds.ts';

/** Somebody names who speaks in recordings, and has them heard relative to all that this speaker says. */
let userFolder: string;
let running: RunningApp;
let page: Page;

/** The first two are of one speaker of EMO-DB, really. */
const sounds = {
  'talk.flac': 'resources/sample/sample-emodb-speaker-08.flac',
  'clip.wav': 'test/fixtures/emodb/08a02Fe.wav',
  'other.wav': 'test/fixtures/emodb/11a02Nc.wav',
} as const;
const aLongTime = 300_000;
const patiently = { timeout: 60_000 };

beforeAll(async () => {
  userFolder = await temporaryFolder();
  running = await launchWithSounds(userFolder, sounds);
  page = running.page;
}, aLongTime);
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const allAnalysed = () => untilAnalysed(page, 3, aLongTime);

/** What stands on the model's tier of all recordings, or on those of people. */
function tiers(whose: 'model' | 'person') {
  return page.evaluate(async (source) => {
    const { library } = window.testApi;
    const recordings = await library.call('recordings.list', {});
    const rows = await Promise.all(
      recordings.map(({ id }) => library.call('segments.list', { recordingId: id })),
    );
    return rows
      .flat()
      .filter((segment) => segment.source === source)
      .map((segment) => ({ ...segment, id: 0 }));
  }, whose);
}

async function open(name: string): Promise<void> {
  await openRecording(page, name);
  await page.locator('.tier-lane[data-kind=model] .handle').first().waitFor(patiently);
}

async function nameSpeaker(name: string, speaker: string): Promise<void> {
  await open(name);
  const field = page.getByLabel('Speaker', { exact: true });
  await field.fill(speaker);
  await field.press('Tab');
}

const card = () => page.getByRole('region', { name: 'Normalisation' });
const button = (name: string) => card().getByRole('button', { name });

async function press(name: string): Promise<void> {
  await button(name).focus();
  await page.keyboard.press('Enter');
}

async function inBothThemes(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await screenshot(page, `${name}-${colorScheme}`);
  }
  await expectAccessible(page);
}

describe('normalising by speaker', () => {
  let before: Awaited<ReturnType<typeof tiers>>;
  let labelled: typeof before;

  it('is offered once two recordings are of one speaker', async () => {
    await allAnalysed();
    await open('talk.flac');
    const heard = page.locator(
      '.tier-lane[data-kind=model] .handle:not([aria-label^="no speech" i])',
    );
    const given = page.locator('.tier-lane[data-kind=annotator] .handle');
    for (const [index, digit] of ['5', '4', '5'].entries()) {
      await heard.nth(index).click();
      await page.keyboard.press(digit);
      await expect.poll(() => given.count(), patiently).toBe(index + 1);
    }
    await nameSpeaker('clip.wav', 'Anna');
    await expect.poll(() => card().count()).toBe(0);
    await nameSpeaker('talk.flac', 'Anna');
    await card().getByText('2 recordings of Anna').waitFor(patiently);
    before = await tiers('model');
    labelled = await tiers('person');
    expect(labelled).toHaveLength(3);
    await inBothThemes('speakers-offer');
  });

  it(
    'shows before and after, and changes nothing by itself',
    async () => {
      await press('Normalise by speaker');
      await button('Keep it').waitFor({ timeout: aLongTime });
      await card().getByText('of the speech would be called something else').waitFor();
      await card().getByText('On what people labelled').waitFor();
      await inBothThemes('speakers-before-after');
      expect(await tiers('model')).toEqual(before);

      await press('Leave as it was');
      await button('Normalise by speaker').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await button('Keep it').waitFor({ timeout: aLongTime });
    },
    aLongTime,
  );

  it(
    'has both recordings heard again once it is kept, and is undone and redone',
    async () => {
      await press('Keep it');
      await card().getByText('By speaker, over 2 recordings of Anna').waitFor(patiently);
      await expect.poll(() => tiers('model'), { timeout: aLongTime }).not.toEqual(before);
      await allAnalysed();
      const after = await tiers('model');
      await inBothThemes('speakers-kept');

      await page.keyboard.press('Control+z');
      await expect.poll(() => tiers('model'), { timeout: aLongTime }).toEqual(before);
      await allAnalysed();
      await page.keyboard.press('Control+Shift+z');
      await expect.poll(() => tiers('model'), { timeout: aLongTime }).toEqual(after);
      await allAnalysed();
      expect(await tiers('person')).toEqual(labelled);
    },
    aLongTime,
  );

  it(
    'says that it is out of date when the speaker has another recording',
    async () => {
      await nameSpeaker('other.wav', 'Anna');
      await card().getByText('out of date').waitFor(patiently);
      await card().getByText('Now there are 3 recordings of Anna').waitFor();
      await inBothThemes('speakers-outdated');
      await press('Each by itself again');
      await button('Normalise by speaker').waitFor(patiently);
      await expect.poll(() => tiers('model'), { timeout: aLongTime }).toEqual(before);
      expect(running.complaints).toEqual([]);
    },
    aLongTime,
  );
});
