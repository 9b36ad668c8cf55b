import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeFolder, openTestLibrary } from '../library/support/test-library.ts';
import { bundleScript } from '../support/bundle-script.ts';
import { counts, tell } from './support/counts.ts';

const rounds = counts(10, 100);
const atOnce = 5;
const child = await bundleScript('test/library/support/importing-child.ts');

interface Writer {
  /** Paths whose import it has acknowledged. */
  readonly imported: () => readonly string[];
  readonly said: () => string;
  readonly hasEnded: () => boolean;
  readonly kill: () => Promise<unknown>;
}

/** A process that opens the project, and imports into it for as long as it lives. */
function startWriter(folder: string, name: string): Writer {
  const worker = spawn(process.execPath, [child, folder, name], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  worker.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  worker.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(worker, 'close');
  return {
    imported: () => output.stdout.split('\n').slice(0, -1),
    said: () => output.stderr,
    hasEnded: () => worker.exitCode !== null,
    kill: () => {
      worker.kill('SIGKILL');
      return ended;
    },
  };
}

it('has one writer, however many come at once; the others are told whose it is, and nothing is lost', async (context) => {
  const folder = makeFolder();
  const project = join(folder, 'project');
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const writers = Array.from({ length: atOnce }, (_, nth) =>
      startWriter(folder, `${round}-${nth}`),
    );
    await expect
      .poll(() => writers.filter((writer) => writer.hasEnded()).length, { timeout: 60_000 })
      .toBe(atOnce - 1);
    await delay((round * 37) % 200);
    for (const writer of writers) {
      const isRefused = writer.hasEnded();
      if (isRefused) expect(writer.said()).toContain('is open in another Undertone');
      await writer.kill();
      if (isRefused) expect(writer.imported()).toEqual([]);
      else expect(writer.said()).toBe('');
      acknowledged.push(...writer.imported());
    }
  }
  const { page } = await openTestLibrary(project);
  const paths = (await page.call('recordings.list', {})).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(paths).size).toBe(paths.length);
  expect(acknowledged.length).toBeGreaterThan(rounds);
  tell(
    context,
    `${rounds} times ${atOnce} processes at once on one project: one of them wrote, ${atOnce - 1} were refused; ${acknowledged.length} imports acknowledged, none lost`,
  );
});
