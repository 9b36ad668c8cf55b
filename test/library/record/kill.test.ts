import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openAudio } from '#engine/audio/decode.ts';
import { headerBytes } from '#library/record/wav-header.ts';
import { startStandInEngine } from '../support/stand-in-engine.ts';
import { makeFolder, openTestLibrary } from '../support/test-library.ts';
import { countingSamples } from './support/counting-samples.ts';

const child = fileURLToPath(new URL('./support/recording-child.ts', import.meta.url));
const sampleRate = 48_000;

/** @returns how many samples had been handed over when it was killed */
async function recordUntilKilled(folder: string, seconds: number): Promise<number> {
  const recording = spawn(process.execPath, ['--import', 'tsx', child, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  recording.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (Number(output.trim().split('\n').at(-1)) >= seconds * sampleRate) recording.kill('SIGKILL');
  });
  const [, signal] = (await once(recording, 'close')) as [number | null, string | null];
  expect(signal, 'it was killed, and did not end by itself').toBe('SIGKILL');
  return Number(output.trim().split('\n').at(-1));
}

it('loses less than a second when it is killed, and finds the rest again, marked as recovered', async () => {
  const folder = makeFolder();
  const project = join(folder, 'project');
  const handedOver = [
    await recordUntilKilled(folder, 1.3),
    await recordUntilKilled(folder, 0.4),
    await recordUntilKilled(folder, 2.1),
  ];
  const names = readdirSync(join(project, 'recordings')).filter((name) => name.endsWith('.wav'));
  // The first two are found by those that come after them, the last one here.
  expect(names).toHaveLength(3);

  const { page, setEngine, untilKind, bugs } = await openTestLibrary(project);
  const list = await page.call('recordings.list', {});
  expect(list.map(({ recorded }) => recorded?.recovered)).toEqual([true, true, true]);
  expect(list.map(({ recorded }) => recorded?.device)).toEqual(Array(3).fill('Test microphone'));
  expect(list[0]?.recorded?.marks).toEqual([{ at: sampleRate, note: 'first second' }]);
  for (const [index, { path }] of list.entries()) {
    const reading = (await openAudio(path)).read();
    let at = 0;
    for await (const [plane = new Float32Array(0)] of reading) {
      expect(plane).toEqual(countingSamples(at, plane.length));
      at += plane.length;
    }
    expect(reading.report().damaged).toBe(false);
    expect((handedOver[index] ?? 0) - at).toBeLessThan(sampleRate);
    expect(readFileSync(path).length).toBe(headerBytes + 2 * at);
  }

  setEngine(startStandInEngine());
  for (const { id } of list) await untilKind(id, 'ready');
  expect(readdirSync(join(project, 'recordings')).sort()).toEqual([...names].sort());
  expect(bugs).toEqual([]);
}, 120_000);
