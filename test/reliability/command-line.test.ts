import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { runCli } from '../cli/run-cli.ts';
import { emodbClips } from '../support/emodb.ts';
import { killWhenDone } from '../support/kill-and-resume.ts';
import { growRecordingTree } from '../support/recording-tree.ts';
import { counts, tell } from './support/counts.ts';

const stops = counts(20, 200);
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
const clips = emodbClips().map(({ samples }) => samples);
const folder = mkdtempSync(join(tmpdir(), 'command line '));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('analyses 963 of a thousand files and names the 37 that are no sound', async (context) => {
  const recordings = join(folder, 'thousand');
  const size = { recordings: 963, broken: 37 };
  growRecordingTree(recordings, clips, size);
  const output = join(folder, 'thousand.csv');
  const run = await runCli(['analyze', recordings, '-o', output, '--jobs', '2']);
  expect(run.status).toBe(1);
  const { rows } = parseEmotionCsv(readFileSync(output, 'utf8'));
  expect(new Set(rows.map(({ recording }) => recording)).size).toBe(size.recordings);
  const named = run.stderr.match(/broken \d+\.wav(?= holds no sound)/gu) ?? [];
  expect(new Set(named).size).toBe(size.broken);
  tell(context, `of 1,000 files ${size.recordings} analysed, ${size.broken} named`);
});

/** What is in a folder of results, by path: the hash of each file. */
function lookInto(results: string): ReadonlyMap<string, string> {
  if (!existsSync(results)) return new Map();
  const entries = readdirSync(results, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('.done'));
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

it('leaves each result absent or whole, however it is ended, and goes on', async (context) => {
  const recordings = join(folder, 'stopped');
  const size = { recordings: Math.max(60, stops), broken: 2 };
  growRecordingTree(recordings, clips, size);
  const results = join(folder, 'results');
  const args = ['analyze', recordings, '-o', results, '--resume'];
  const seen: (readonly [path: string, hash: string])[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    const signal = signals[stop % signals.length] ?? 'SIGKILL';
    // Not so late that nothing would be left.
    const after = Math.floor((stop / stops) * 0.8 * size.recordings);
    await killWhenDone(args, join(results, '.done'), after, 'command', signal);
    const found = [...lookInto(results)];
    if (signal !== 'SIGKILL') {
      expect(found.filter(([path]) => path.endsWith('.part'))).toEqual([]);
    }
    seen.push(...found.filter(([path]) => !path.endsWith('.part')));
  }
  const run = await runCli(args);
  expect(run.status).toBe(1);
  const whole = lookInto(results);
  // A table and its sidecar each, and nothing of what was interrupted.
  expect(whole.size).toBe(2 * size.recordings);
  expect(seen.filter(([path, hash]) => whole.get(path) !== hash)).toEqual([]);
  tell(
    context,
    `ended ${stops} times by ${signals.join(', ')} in turn: ${seen.length} looks at results, each whole`,
  );
});
