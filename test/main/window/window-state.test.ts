import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isReachable, readWindowState } from '../../../src/main/window/window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };

describe('isReachable', () => {
  it.each([
    [{ x: 100, y: 100, width: 1440, height: 900 }, true],
    [{ x: -1300, y: 0, width: 1440, height: 900 }, true],
    [{ x: -1400, y: 0, width: 1440, height: 900 }, false],
    [{ x: 1900, y: 100, width: 1440, height: 900 }, false],
    [{ x: 100, y: 2000, width: 1440, height: 900 }, false],
  ])('of %j on one screen is %j', (bounds, expected) => {
    expect(isReachable(bounds, [screen])).toBe(expected);
  });

  it('counts every screen', () => {
    const left = { x: -1920, y: 0, width: 1920, height: 1080 };
    const bounds = { x: -1500, y: 10, width: 1000, height: 800 };
    expect(isReachable(bounds, [screen])).toBe(false);
    expect(isReachable(bounds, [screen, left])).toBe(true);
  });
});

describe('readWindowState', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'undertone-window-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['no JSON', '{'],
    ['another version', '{"version":2}'],
    ['a size of nothing', '{"version":1,"bounds":{"x":0,"y":0,"width":0,"height":0}}'],
  ])('has no state from %s', async (_what, text) => {
    const file = path.join(folder, 'window.json');
    await writeFile(file, text);
    expect(readWindowState(file)).toBeUndefined();
  });

  it('has no state at a first start', () => {
    expect(readWindowState(path.join(folder, 'window.json'))).toBeUndefined();
  });
});
