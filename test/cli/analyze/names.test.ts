import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { runCli } from '../run-cli.ts';

/** As long as the usual file systems take. */
const longest = `${'x'.repeat(251)}.wav`;
const names = [
  'new\nline.wav',
  `quote " and '.wav`,
  '--help.wav',
  '-o.wav',
  'Gro\u0308\u00dfe.wav',
  'Gr\u00f6\u00dfe.wav',
  // Its results have names of 251 and 255 bytes; what is half written would have more.
  `${'\u00fc'.repeat(121)}.wav`,
];
const folder = mkdtempSync(join(tmpdir(), 'names '));
const recordings = join(folder, 'recordings');
beforeAll(() => {
  mkdirSync(recordings);
  for (const name of [...names, longest]) {
    copyFileSync('test/fixtures/emodb/12a07Ac.wav', join(recordings, name));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

// Neither Windows nor a Mac lets all of these stand beside each other.
describe.skipIf(process.platform !== 'linux')('analyze, of files with odd names,', () => {
  it('writes each into one table, by its name', async () => {
    const path = join(folder, 'all.csv');
    const run = await runCli(['analyze', recordings, '-o', path]);
    expect(run.status).toBe(0);
    const { rows } = parseEmotionCsv(readFileSync(path, 'utf8'));
    expect(new Set(rows.map(({ recording }) => recording))).toEqual(new Set([...names, longest]));
  }, 180_000);

  it('writes a file each, and names the one whose result would have too long a name', async () => {
    const results = join(folder, 'results');
    const paths = [longest, ...names].map((name) => join(recordings, name));
    const run = await runCli(['analyze', ...paths, '-o', results]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/x\.wav\.csv could not be written: its name is too long/u);
    expect(run.stderr).toMatch(/^8 recordings: .*, 1 failed/mu);
    const endings = ['.csv', '.csv.json'];
    // What is done is kept for another try.
    expect(new Set(readdirSync(results).filter((name) => name !== '.done'))).toEqual(
      new Set(names.flatMap((name) => endings.map((ending) => name + ending))),
    );
  }, 180_000);
});
