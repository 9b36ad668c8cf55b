import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import { libraryContract } from '#shared/contract/library.ts';
import { connect } from '#shared/rpc/connect.ts';
import { headerBytes } from '#library/record/wav-header.ts';
import { startTake } from '#library/record/take.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';
import { startStandInEngine } from '../support/stand-in-engine.ts';
import {
  makeFiles,
  makeFolder,
  openReadyLibrary,
  openTestLibrary,
} from '../support/test-library.ts';
import { countingSamples } from './support/counting-samples.ts';

const shape = { sampleRate: 16_000, channels: 1 };
const block = 1600;

type Ready = Awaited<ReturnType<typeof openReadyLibrary>>;

async function record({ page }: Pick<Ready, 'page'>, blocks: number): Promise<void> {
  await page.call('record.start', { ...shape, device: 'Test microphone' });
  for (let at = 0; at < blocks * block; at += block) {
    await page.call('record.write', { at, samples: countingSamples(at, block) });
  }
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(folder, 'project', 'recordings'));
}

describe('a recording', () => {
  it('is one like any other as soon as it is kept, with its marks', async () => {
    const library = await openReadyLibrary();
    await record(library, 5);
    await library.page.call('record.mark', { at: 3000, note: '' });
    const { id } = await library.page.call('record.keep', {});
    const kept = await library.untilKind(id ?? 0, 'ready');
    expect(kept.recorded).toEqual({
      device: 'Test microphone',
      recovered: false,
      marks: [{ at: 3000, note: '' }],
    });
    expect(dirname(kept.path)).toBe(join(library.folder, 'project', 'recordings'));
    const samples = new Int16Array(
      new Uint8Array(readFileSync(kept.path).subarray(headerBytes)).buffer,
    );
    expect(Float32Array.from(samples, (value) => value / 32_768)).toEqual(
      countingSamples(0, 5 * block),
    );
    expect(filesOf(library.folder)).toEqual([kept.name]);
    expect(library.bugs).toEqual([]);
  });

  it('that is discarded leaves nothing', async () => {
    const library = await openReadyLibrary();
    await record(library, 3);
    await library.page.call('record.discard', {});
    expect(filesOf(library.folder)).toEqual([]);
    expect(await library.page.call('recordings.list', {})).toEqual([]);
  });

  it('without a sample is none', async () => {
    const library = await openReadyLibrary();
    await record(library, 0);
    expect(await library.page.call('record.keep', {})).toEqual({ id: null });
    expect(filesOf(library.folder)).toEqual([]);
  });

  it('refuses sound that does not follow what came before', async () => {
    const library = await openReadyLibrary();
    await record(library, 2);
    const stopped = new Promise((resolve) => library.page.on('record.stopped', resolve));
    await library.page.call('record.write', { at: 3 * block, samples: countingSamples(0, block) });
    expect(await stopped).toMatchObject({ error: { code: 'invalid-call' } });
    // What had come is kept all the same.
    const [kept] = await library.page.call('recordings.list', {});
    expect(statSync(kept?.path ?? '').size).toBe(headerBytes + 2 * 2 * block);
  });

  it('is kept where the page goes away, and says that it was recovered', async () => {
    const library = await openReadyLibrary();
    const channel = new MessageChannel();
    library.library.servePage(nodePort(channel.port1));
    const other = connect(nodePort(channel.port2), libraryContract);
    await record({ page: other }, 4);
    other.close();
    await expect.poll(() => library.told.length).toBeGreaterThan(0);
    const [kept] = await library.page.call('recordings.list', {});
    expect(kept?.recorded?.recovered).toBe(true);
    await library.untilKind(kept?.id ?? 0, 'ready');
  });

  it('is kept where the application is closed', async () => {
    const folder = makeFolder();
    const first = await openTestLibrary(join(folder, 'project'));
    await record(first, 4);
    await first.library.close();
    const second = await openTestLibrary(join(folder, 'project'));
    const [kept] = await second.page.call('recordings.list', {});
    expect(kept?.recorded?.recovered).toBe(true);
    expect(first.bugs).toEqual([]);
  });

  it('has the engine for itself: other work waits, and goes on afterwards', async () => {
    const library = await openReadyLibrary();
    library.engine.hold('analysis.run');
    const [id = 0] = await library.importPaths(...makeFiles(library.folder, { 'a.mp3': 'a' }));
    await library.until(id, ({ status }) => status.kind === 'working');
    await library.page.call('record.start', { ...shape, device: '' });
    await library.untilKind(id, 'queued');
    library.engine.release();
    await library.page.call('record.write', { at: 0, samples: countingSamples(0, block) });
    const { id: kept } = await library.page.call('record.keep', {});
    await library.untilKind(kept ?? 0, 'ready');
    await library.untilKind(id, 'ready');
  });

  it('is heard by the engine, and by the next one where that dies', async () => {
    const library = await openReadyLibrary();
    const heard: number[] = [];
    library.page.on('record.heard', ({ first }) => heard.push(first));
    await record(library, 3);
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    library.engine.die();
    await library.page.call('record.write', { at: 3 * block, samples: countingSamples(0, block) });
    const next = startStandInEngine();
    library.setEngine(next);
    for (let at = 4 * block; at < 20 * block; at += block) {
      await library.page.call('record.write', { at, samples: countingSamples(at, block) });
    }
    // It goes on with the next whole cell of half a second.
    await expect.poll(() => heard.at(-1)).toBeGreaterThan(0);
    const { id } = await library.page.call('record.keep', {});
    const kept = await library.untilKind(id ?? 0, 'ready');
    expect(statSync(kept.path).size).toBe(headerBytes + 2 * 20 * block);
    expect(next.calls).toContain('live.stop');
  });
});

it('says at once when its file can no longer be written, and keeps what is there', async () => {
  const folder = makeFolder();
  const failures: unknown[] = [];
  const take = await startTake({
    ...{ path: join(folder, 'take.wav'), shape, device: '' },
    onFailure: (error) => failures.push(error),
  });
  await take.write(0, countingSamples(0, block));
  expect(() => take.write(5, countingSamples(5, block))).toThrow(UndertoneError);
  rmSync(folder, { recursive: true });
  await expect(take.mark({ at: 0, note: '' })).rejects.toMatchObject({ code: 'not-writable' });
  await take.write(block, countingSamples(block, block));
  await take.close();
  expect(take.frames()).toBe(2 * block);
  expect(existsSync(folder)).toBe(false);
});
