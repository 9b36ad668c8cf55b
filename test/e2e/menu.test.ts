import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchApp, type RunningApp } from './support/app.ts';

declare global {
  /** How often the dialog for opening files was asked for; in the main process of the tested application. */
  var dialogsOpened: number;
}

let running: RunningApp;

beforeAll(async () => {
  running = await launchApp();
  await running.app.evaluate(({ dialog }) => {
    globalThis.dialogsOpened = 0;
    dialog.showOpenDialog = () => {
      globalThis.dialogsOpened += 1;
      return Promise.resolve({ canceled: true, filePaths: [] });
    };
  });
});
afterAll(() => running.close());

function dialogsOpened(): Promise<number> {
  return running.app.evaluate(() => globalThis.dialogsOpened);
}

describe('the menu', () => {
  it('has every act with its key', async () => {
    const items = await running.app.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? [])
        .flatMap((menu) => menu.submenu?.items ?? [])
        .filter(({ role, type }) => !role && type === 'normal')
        .map(({ label, accelerator }) => `${label} ${accelerator ?? ''}`.trim()),
    );
    expect(items).toEqual([
      '&New Project… CommandOrControl+Shift+N',
      'Open &Project… CommandOrControl+Shift+P',
      '&Copy Project…',
      'Show Project &Folder',
      '&Open Recordings… CommandOrControl+O',
      'Open Folder of &Recordings… CommandOrControl+Shift+O',
      '&Import Annotations… CommandOrControl+I',
      '&Export Recording as CSV… CommandOrControl+E',
      'Export &All as CSV… CommandOrControl+Shift+E',
      'Export O&ther Formats… X',
      '&Undo CommandOrControl+Z',
      '&Redo CommandOrControl+Shift+Z',
      'Zoom &In CommandOrControl+Plus',
      'Zoom &Out CommandOrControl+-',
      '&Fit Recording CommandOrControl+0',
      '&Play or Pause Space',
      '&Keyboard Shortcuts F1',
      '&Tour',
      '&Responsible Use',
      'About Undertone',
    ]);
  });

  it('has the page do what was chosen', async () => {
    await running.app.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
      file?.submenu?.items.find(({ label }) => label.startsWith('&Open Rec'))?.click();
    });
    await expect.poll(dialogsOpened).toBe(1);
  });

  it('leaves the keys to the page, so that one press acts once', async () => {
    await running.page.keyboard.press('Control+o');
    await expect.poll(dialogsOpened).toBe(2);
    await running.page.waitForTimeout(300);
    expect(await dialogsOpened()).toBe(2);
  });
});
