import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAudio } from '#engine/audio/decode.ts';
import type { ErrorShape } from '#shared/contract/errors.ts';
import { countingSamples } from '../library/record/support/counting-samples.ts';
import { openTestLibrary, type TestLibrary } from '../library/support/test-library.ts';
import { tell } from './support/counts.ts';
import { mountSmallDisk, whyNoSmallDisk, type SmallDisk } from './support/small-disk.ts';

const reason = whyNoSmallDisk();
if (reason !== undefined) {
  process.stdout.write(`Recording on a full disk is not tested: ${reason}.\n`);
}

const shape = { sampleRate: 48_000, channels: 1, device: 'Test microphone' };
const block = 4_800;
const megabyte = 1 << 20;

interface Stop {
  readonly error: ErrorShape;
  readonly id: number | null;
}

describe.skipIf(reason !== undefined)('recording onto a disk that fills up', () => {
  let disk: SmallDisk;
  let opened: TestLibrary;
  let project: string;
  let written: number;

  beforeEach(async () => {
    // What is left free for the system, and a minute of sound.
    disk = mountSmallDisk(216);
    project = join(disk.folder, 'project');
    opened = await openTestLibrary(project);
    written = 0;
  });
  afterEach(async () => {
    await opened.library.close();
    disk.unmount();
  });

  const write = async (): Promise<void> => {
    await opened.page.call('record.write', {
      at: written,
      samples: countingSamples(written, block),
    });
    written += block;
  };

  async function framesOf(path: string): Promise<number> {
    const reading = (await openAudio(path)).read();
    let at = 0;
    for await (const [plane = new Float32Array(0)] of reading) {
      expect(plane).toEqual(countingSamples(at, plane.length));
      at += plane.length;
    }
    expect(reading.report().damaged).toBe(false);
    return at;
  }

  it('ends while there is room to put down what was recorded, and says so', async (context) => {
    const outcome = await startAndWait(150 * megabyte);
    expect(outcome.stop.error.code).toBe('disk-full');
    expect(outcome.stop.error.message).toContain(project);
    const [recording] = await opened.page.call('recordings.list', {});
    expect(recording?.id).toBe(outcome.stop.id);
    const frames = await framesOf(recording?.path ?? '');
    // What is sent while the end is put down, and has not been told yet, comes after it.
    expect(written - frames).toBeLessThanOrEqual(2 * block);
    tell(
      context,
      `recording ended ${outcome.seconds.toFixed(1)} s after the disk had under 200 MB left, ${frames} of ${written} samples kept`,
    );
  });

  it('keeps what is in the file where not a byte more fits, and records again when there is room', async (context) => {
    const outcome = await startAndWait(0);
    expect(outcome.stop.error.code).toBe('disk-full');
    disk.leave(215 * megabyte);
    // Without a restart.
    await opened.page.call('record.start', shape);
    await opened.page.call('record.discard', {});
    await opened.library.close();
    opened = await openTestLibrary(project);
    const [recording, ...others] = await opened.page.call('recordings.list', {});
    expect(others).toEqual([]);
    const frames = await framesOf(recording?.path ?? '');
    expect(written - frames).toBeLessThan(shape.sampleRate);
    tell(
      context,
      `on a disk without a byte left: told after ${outcome.seconds.toFixed(1)} s, ${written - frames} of ${written} samples lost`,
    );
  });

  it('is refused from the start on a full disk, and leaves nothing there', async () => {
    disk.leave(100 * megabyte);
    await expect(opened.page.call('record.start', shape)).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(readdirSync(join(project, 'recordings'))).toEqual([]);
  });

  /** Records two seconds while all is well, fills the disk but for so many bytes, and goes on until that is told. */
  async function startAndWait(left: number): Promise<{ stop: Stop; seconds: number }> {
    const told: Stop[] = [];
    opened.page.on('record.stopped', (stop) => told.push(stop));
    await opened.page.call('record.start', shape);
    while (written < 2 * shape.sampleRate) await write();
    disk.leave(left);
    const filledAt = performance.now();
    for (;;) {
      const [stop] = told;
      if (stop) return { stop, seconds: (performance.now() - filledAt) / 1000 };
      await write();
      // As a microphone does.
      await delay(100);
    }
  }
});
