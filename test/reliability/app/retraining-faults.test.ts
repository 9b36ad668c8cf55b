import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModelsState } from '#shared/contract/models.ts';
import { annotator } from '../support/acts.ts';
import { processId } from './support/processes.ts';
import { openSitting, type Sitting } from './support/sitting.ts';

/** The engine dies while it retrains on what somebody corrected. */
const patiently = { timeout: 300_000, interval: 100 };
let sitting: Sitting;

beforeAll(async () => {
  sitting = await openSitting();
  await sitting.start();
  for (let file = 0; file < 4; file += 1) await sitting.importOne();
});
afterAll(() => sitting.end());

const isReady = (): Promise<boolean> =>
  sitting.running().page.evaluate(async () => {
    const list = await window.testApi.library.call('recordings.list', {});
    return list.every(({ status }) => status.kind === 'ready');
  });

const modelsState = (): Promise<ModelsState> =>
  sitting.running().page.evaluate(() => window.testApi.library.call('models.state', {}));

/** Names a second of each recording, and begins to retrain. */
function retrain(): Promise<void> {
  return sitting.running().page.evaluate(async (tier) => {
    const { library } = window.testApi;
    for (const [index, { id }] of (await library.call('recordings.list', {})).entries()) {
      const span = { start: 0, end: 16_000, label: index % 2 === 0 ? 'angry' : 'sad' };
      await library.call('segments.act', {
        recordingId: id,
        act: { kind: 'create', tier, ...span },
      });
    }
    await library.call('models.retrain', { labels: null, withheldToo: false });
  }, annotator);
}

const inProject = (name: string): Promise<readonly string[]> =>
  readdir(path.join(path.dirname(sitting.database), name));

it('is started again, learns from the beginning, and leaves one whole version', async () => {
  const { app } = sitting.running();
  await expect.poll(isReady, patiently).toBe(true);
  await retrain();
  await expect
    .poll(async () => {
      const { retraining } = await modelsState();
      return retraining.kind === 'running' && (retraining.epoch ?? 0) > 1;
    }, patiently)
    .toBe(true);
  expect(await inProject('models')).toEqual([]);

  const before = await processId(app, 'engine');
  process.kill(before, 'SIGKILL');

  await expect
    .poll(async () => (await modelsState()).versions.map(({ kept }) => kept), patiently)
    .toEqual([false]);
  expect(await processId(app, 'engine')).not.toBe(before);
  const { versions, active, retraining } = await modelsState();
  expect({ active, retraining }).toEqual({ active: null, retraining: { kind: 'idle' } });
  expect(await inProject('models')).toEqual(versions.map(({ id }) => id));
  const scratch = (await inProject('cache/engine')).filter(
    (name) => !/^[0-9a-f]{64}\./u.test(name),
  );
  expect(scratch).toEqual([]);
});
