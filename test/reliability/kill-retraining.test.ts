import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, watch, type FSWatcher } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPredictor } from '#engine/model/predict.ts';
import { createEngine, type Engine } from '#engine/start.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import { trainModel } from '#engine/training/train.ts';
import { connectDatabase } from '#library/database/connection.ts';
import { hashFolder } from '#library/models/version-files.ts';
import { engineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/connect.ts';
import { tinyRecipe, tinyTools } from '../engine/training/tiny.ts';
import { hasOffer, untilModels } from '../library/support/until-models.ts';
import { makeFolder, openTestLibrary, type TestLibrary } from '../library/support/test-library.ts';
import { nodePort } from '../shared/rpc/node-port.ts';
import { bundleScript } from '../support/bundle-script.ts';
import { counts, tell } from './support/counts.ts';

const rounds = counts(40, 200);
const child = await bundleScript(
  'test/reliability/support/retraining-child.ts',
  'src/engine/audio/aside/decoder.ts',
);
let engine: Engine;

beforeAll(() => {
  engine = createEngine((bug) => {
    throw bug;
  });
});
afterAll(() => engine.close());

async function trainBase(folder: string): Promise<string> {
  const modelFolder = join(folder, 'base');
  const tools = await tinyTools();
  const corpora = [await openCorpus('emodb', 'test/fixtures/emodb')];
  await trainModel({ corpora, recipe: tinyRecipe, seed: 1, out: modelFolder }, tools);
  await tools.voiceActivity.dispose();
  return modelFolder;
}

async function open(project: string, modelFolder: string): Promise<TestLibrary> {
  const opened = await openTestLibrary(project, { modelFolder });
  const channel = new MessageChannel();
  engine.serve(nodePort(channel.port1));
  opened.library.setEngine(connect(nodePort(channel.port2), engineContract));
  return opened;
}

/** A project with a recording of which a person says otherwise than the model: one is learnt from once, not twice. */
async function makeCorrected(project: string, modelFolder: string): Promise<void> {
  const { page, importPaths, untilKind, library } = await open(project, modelFolder);
  const { clips } = await openCorpus('emodb', 'test/fixtures/emodb');
  const [recordingId = 0] = await importPaths(resolve(clips[0]?.path ?? ''));
  await untilKind(recordingId, 'ready');
  for (const [start, label] of [
    [0, 'angry'],
    [12_000, 'bored'],
  ] as const) {
    const act = { kind: 'create', tier: 'annotator-1', start, end: start + 12_000, label } as const;
    await page.call('segments.act', { recordingId, act });
  }
  await library.close();
}

interface Moment {
  /** Calls `now` once it has come. @returns what to close afterwards */
  readonly await: (now: () => void, project: string, output: Readable) => FSWatcher | undefined;
  /** Milliseconds after which it is over. */
  readonly lasts: number;
}

/** While it writes a model: into a folder of such a name, which is there for a moment. */
const whileSaved: Moment = {
  await: (now, project) =>
    watch(join(project, 'cache/engine'), (_, name) => {
      if (name?.endsWith('.part')) now();
    }),
  lasts: 13,
};

/** While a version gets its place, is kept or discarded. */
const whilePlaced: Moment = {
  await: (now, project) => watch(join(project, 'models'), now),
  lasts: 300,
};

const whileItLearns: Moment = {
  await: (now, _, output) => {
    output.once('data', now);
    return undefined;
  },
  lasts: 3000,
};

/** When to kill. */
const moments = [whileSaved, whileItLearns, whilePlaced, whileItLearns] as const;

/** Starts a process that retrains, and kills it while it does. @returns what it acknowledged */
async function retrainUntilKilled(
  args: readonly [project: string, modelFolder: string],
  round: number,
): Promise<readonly string[]> {
  const worker = spawn(process.execPath, [child, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  worker.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const moment = moments[round % moments.length];
  const kill = (): void => {
    setTimeout(() => worker.kill('SIGKILL'), (round * 379) % (moment?.lasts ?? 1));
  };
  const watcher = moment?.await(kill, args[0], worker.stdout);
  const [, signal] = (await once(worker, 'close')) as [number | null, string | null];
  watcher?.close();
  expect(signal, 'it was killed, and did not end by itself').toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}

/** Expects every version to be whole, and nothing else to be left. @returns the ids of those that are kept */
async function expectWhole(project: string, modelFolder: string): Promise<readonly string[]> {
  const { page, library, bugs } = await open(project, modelFolder);
  const { versions, retraining, active } = await page.call('models.state', {});
  expect(retraining).toEqual({ kind: 'idle' });
  const ids = versions.map(({ id }) => id);
  expect(readdirSync(join(project, 'models')).sort()).toEqual(ids.toSorted());
  expect(
    readdirSync(join(project, 'cache/engine')).filter((name) => !/^[0-9a-f]{64}\./u.test(name)),
  ).toEqual([]);
  const look = connectDatabase(join(project, 'project.sqlite'), { readOnly: true });
  const stored = look.prepare('SELECT id, sha256 FROM model_version').all();
  look.close();
  for (const { id, sha256 } of stored) {
    expect(await hashFolder(join(project, 'models', String(id)))).toBe(sha256);
  }
  const inUse = await loadPredictor(
    active === null ? modelFolder : join(project, 'models', active),
  );
  inUse.dispose();
  await library.close();
  expect(bugs).toEqual([]);
  return versions.filter(({ kept }) => kept).map(({ id }) => id);
}

it('leaves no half of a version when it is killed while it retrains or writes a model', async (context) => {
  const folder = makeFolder();
  const project = join(folder, 'project');
  const modelFolder = await trainBase(folder);
  const base = await hashFolder(modelFolder);
  await makeCorrected(project, modelFolder);
  const kept = new Set<string>();
  let [begun, made] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const lines = await retrainUntilKilled([project, modelFolder], round);
    begun += lines.filter((line) => line === 'begins').length;
    made += lines.filter((line) => line !== 'begins').length;
    for (const line of lines) if (line.startsWith('kept ')) kept.add(line.slice(5));
    const found = await expectWhole(project, modelFolder);
    expect(found).toEqual(expect.arrayContaining([...kept]));
  }
  expect(await hashFolder(modelFolder)).toBe(base);
  const last = await open(project, modelFolder);
  const { versions } = await last.page.call('models.state', {});
  for (const { id, kept: isKept } of versions) {
    if (!isKept) await last.page.call('models.discard', { id });
  }
  await last.page.call('models.retrain', { labels: null, withheldToo: false });
  await untilModels(last, hasOffer);
  tell(
    context,
    `${rounds} kills in ${begun} retrainings, half of them while a model was written or got its place: ${made} versions acknowledged, none lost, none by half`,
  );
});
