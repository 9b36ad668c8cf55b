import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../../src/main/log/log.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'undertone-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('openLog', () => {
  it('writes a line with time and kind, and mirrors it', async () => {
    const mirrored: string[] = [];
    const log = openLog(path.join(folder, 'logs'), (line) => mirrored.push(line));
    log.info('engine is ready');
    const text = await readFile(path.join(folder, 'logs/undertone.log'), 'utf8');
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info engine is ready\n$/);
    expect(mirrored.join('')).toBe(text);
  });

  it('writes each line that another process printed, without the paths in it', async () => {
    openLog(folder, () => undefined).output('engine', 'first\n\nsecond /home/ann/a.wav\n');
    const text = await readFile(path.join(folder, 'undertone.log'), 'utf8');
    expect(text.trim().split('\n')).toEqual([
      expect.stringMatching(/ engine first$/),
      expect.stringMatching(/ engine second …$/),
    ]);
  });

  it('keeps one older file and never grows beyond two megabytes', async () => {
    const log = openLog(folder, () => undefined);
    for (let index = 0; index < 50; index += 1) log.info('x'.repeat(100_000));
    expect((await readdir(folder)).sort()).toEqual(['undertone.log', 'undertone.old.log']);
    for (const name of ['undertone.log', 'undertone.old.log']) {
      expect((await stat(path.join(folder, name))).size).toBeLessThanOrEqual(1024 * 1024);
    }
  });
});
