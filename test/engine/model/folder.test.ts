import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, tf } from '#engine/model/backend.ts';
import { loadModel } from '#engine/model/folder/load.ts';
import { saveModel } from '#engine/model/folder/save.ts';
import { createNetwork } from '#engine/model/network.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import {
  editJson,
  storedModels,
  temporaryFolder,
  tinyCard,
  tinyConfig,
} from './support/tiny-model.ts';

async function savedModel(): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'models', 'tiny');
  const network = await createNetwork(tinyConfig, 'seed');
  await saveModel(folder, network, tinyCard);
  network.dispose();
  return folder;
}

async function refusal(folder: string): Promise<UndertoneError> {
  const error: unknown = await loadModel(folder).then(
    ({ network }) => {
      network.dispose();
      return 'it was loaded';
    },
    (thrown: unknown) => thrown,
  );
  if (error instanceof UndertoneError) return error;
  throw new Error('not refused', { cause: error });
}

beforeAll(async () => {
  await loadBackend();
});

describe('saveModel and loadModel', () => {
  it('give back the very same weights, configuration and card', async () => {
    const folder = await savedModel();
    const original = await createNetwork(tinyConfig, 'seed');
    const { network, card } = await loadModel(folder);
    expect(network.config).toEqual(tinyConfig);
    expect(network.weights()).toEqual(original.weights());
    expect(card).toEqual(tinyCard);
    network.dispose();
    original.dispose();
  });

  it('leave nothing but the three files', async () => {
    const folder = await savedModel();
    expect(await readdir(path.dirname(folder))).toEqual(['tiny']);
    expect((await readdir(folder)).sort()).toEqual(['card.json', 'model.json', 'weights.bin']);
  });

  it('never replace anything', async () => {
    const folder = await savedModel();
    const before = await readFile(path.join(folder, 'weights.bin'));
    const other = await createNetwork(tinyConfig, 'other');
    await expect(saveModel(folder, other, tinyCard)).rejects.toMatchObject({
      code: 'model-exists',
    });
    expect(await readFile(path.join(folder, 'weights.bin'))).toEqual(before);
    expect(await readdir(path.dirname(folder))).toEqual(['tiny']);
    other.dispose();
  });

  it('say so where a folder cannot be made', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    const network = await createNetwork(tinyConfig);
    await expect(saveModel(path.join(file, 'tiny'), network, tinyCard)).rejects.toMatchObject({
      code: 'not-writable',
    });
    network.dispose();
  });

  it('take no folder with a half-written model for one', async () => {
    const folder = await savedModel();
    for (const name of ['model.json', 'card.json', 'weights.bin']) {
      const part = `${folder}-without-${name}`;
      await cp(folder, part, { recursive: true });
      await rm(path.join(part, name));
      const { code, message } = await refusal(part);
      expect(code).toBe(name === 'model.json' ? 'model-missing' : 'model-invalid');
      expect(message).toContain(part);
    }
    expect(await refusal(`${folder}-nowhere`)).toMatchObject({ code: 'model-missing' });
  });

  it('open a model that an earlier version saved', async () => {
    const { network, card } = await loadModel(path.join(storedModels, 'format-1'));
    expect(card).toEqual(tinyCard);
    const [kernel] = network.weights();
    expect(kernel?.name).toBe('lstm1-backward/kernel');
    network.dispose();
  });
});

describe('loadModel refuses', () => {
  const json: Record<string, readonly [file: string, reason: string, edit: (c: never) => unknown]> =
    {
      'another format': ['model.json', 'format', (c: object) => ({ ...c, format: 2 })],
      'what it does not know': ['model.json', 'Unrecognized', (c: object) => ({ ...c, url: 'x' })],
      'a list': ['model.json', 'expected object', () => []],
      null: ['model.json', 'expected object', () => null],
      'units beyond reason': ['model.json', 'units', network({ units: [1e9] })],
      'half a residual connection': ['model.json', 'two layers', network({ units: [3] })],
      'a network for other features': ['model.json', 'features', network({ inputFeatures: 7 })],
      'a network for other labels': ['model.json', 'labels', network({ outputs: 4 })],
      'another network': ['model.json', 'bytes of weights', network({ hidden: 5 })],
      'text for weights': ['model.json', 'dtype', spec({ dtype: 'string' })],
      'whole numbers for weights': ['model.json', 'dtype', spec({ dtype: 'int32' })],
      'a shape beyond reason': ['model.json', 'shape', spec({ shape: [5_000_000] })],
      'a shape of nothing': ['model.json', 'shape', spec({ shape: [] })],
      'a negative shape': ['model.json', 'shape', spec({ shape: [-1, -240] })],
      'a turned shape': ['model.json', 'lstm1-backward/kernel [20, 12]', spec({ shape: [12, 20] })],
      'a path for a name': ['model.json', 'name', spec({ name: '../../etc/passwd' })],
      'another name': [
        'model.json',
        'lstm1-backward/kernel',
        spec({ name: 'lstm1-backward/bias' }),
      ],
      'a weight more': [
        'model.json',
        'more weights',
        weights(({ specs }) => ({ specs: [...specs, specs[0]] })),
      ],
      'a weight fewer': [
        'model.json',
        'nothing where',
        weights(({ specs }) => ({ specs: specs.slice(0, -1) })),
      ],
      'a size that its shapes do not have': [
        'model.json',
        'bytes of weights',
        weights(() => ({ bytes: 8 })),
      ],
      'a hash of something else': [
        'model.json',
        'SHA-256',
        weights(() => ({ sha256: '0'.repeat(64) })),
      ],
      'a card with a label more': [
        'card.json',
        'labels',
        (c: object) => ({ ...c, labels: ['a', 'b', 'c', 'd'] }),
      ],
      'a label twice': ['card.json', 'twice', (c: object) => ({ ...c, labels: ['a', 'b', 'a'] })],
      'other feature settings': [
        'card.json',
        'feature settings',
        (c: { features: object }) => ({ ...c, features: { ...c.features, range: 40 } }),
      ],
      'a temperature of zero': [
        'card.json',
        'temperature',
        (c: object) => ({ ...c, temperature: 0 }),
      ],
      'an id that is a path': ['card.json', 'id', (c: object) => ({ ...c, id: '../x' })],
    };

  it.each(Object.entries(json))('%s', async (_what, [file, reason, edit]) => {
    const folder = await savedModel();
    const before = tf.memory().numTensors;
    await editJson(path.join(folder, file), edit as (content: object) => unknown);
    const { code, message } = await refusal(folder);
    expect(code).toBe('model-invalid');
    expect(message).toContain(reason);
    expect(message).toContain(folder);
    expect(tf.memory().numTensors).toBe(before);
  });

  const files: Record<string, readonly [reason: string, act: (folder: string) => Promise<void>]> = {
    'weights that are too short': [
      'bytes where',
      (folder) => truncate(path.join(folder, 'weights.bin'), 100),
    ],
    'weights of 600 MB': [
      'larger than',
      (folder) => truncate(path.join(folder, 'weights.bin'), 600_000_000),
    ],
    'a flipped bit': [
      'SHA-256',
      (folder) => editWeights(folder, (w) => (w[0] = -(w[0] ?? 0)), false),
    ],
    'a weight that is not a number': [
      'lstm1-backward/kernel holds',
      (folder) => editWeights(folder, (w) => (w[5] = NaN)),
    ],
    'weights that overflow': [
      'answers are no numbers',
      (folder) => editWeights(folder, (w) => w.fill(3e38)),
    ],
    'a description that is no JSON': [
      'is not JSON',
      (folder) => writeFile(path.join(folder, 'model.json'), '{'),
    ],
    'a description without end': [
      'is not JSON',
      (folder) => writeFile(path.join(folder, 'model.json'), '['.repeat(900_000)),
    ],
    'a description that is not UTF-8': [
      'is not JSON',
      (folder) => writeFile(path.join(folder, 'card.json'), Buffer.from([0x22, 0xff, 0x22])),
    ],
    'a description of 2 MB': [
      'larger than',
      (folder) => truncate(path.join(folder, 'card.json'), 2_000_000),
    ],
    'a link out of the folder': [
      'not a plain file',
      async (folder) => {
        const outside = path.join(path.dirname(folder), 'outside.bin');
        await rename(path.join(folder, 'weights.bin'), outside);
        await symlink(outside, path.join(folder, 'weights.bin'));
      },
    ],
    'a folder for a file': [
      'not a plain file',
      async (folder) => {
        await rm(path.join(folder, 'weights.bin'));
        await mkdir(path.join(folder, 'weights.bin'));
      },
    ],
  };

  it.each(Object.entries(files))('%s', async (_what, [reason, act]) => {
    const folder = await savedModel();
    const before = tf.memory().numTensors;
    await act(folder);
    const { code, message } = await refusal(folder);
    expect(code).toBe('model-invalid');
    expect(message).toContain(reason);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.skipIf(process.platform === 'win32')('a pipe, without waiting for it', async () => {
    const folder = await savedModel();
    await rm(path.join(folder, 'model.json'));
    execFileSync('sh', ['-c', 'mkfifo "$0"', path.join(folder, 'model.json')]);
    expect((await refusal(folder)).message).toContain('not a plain file');
  });
});

function network(change: object) {
  return (content: { network: object }): unknown => ({
    ...content,
    network: { ...content.network, ...change },
  });
}

interface Weights {
  readonly specs: readonly object[];
}

function weights(change: (weights: Weights) => object) {
  return (content: { weights: Weights }): unknown => ({
    ...content,
    weights: { ...content.weights, ...change(content.weights) },
  });
}

/** Changes what is said of the first weight. */
function spec(change: object) {
  return weights(({ specs: [first, ...others] }) => ({
    specs: [{ ...first, ...change }, ...others],
  }));
}

async function editWeights(
  folder: string,
  edit: (weights: Float32Array) => unknown,
  hashAnew = true,
): Promise<void> {
  const file = path.join(folder, 'weights.bin');
  const bytes = new Uint8Array(await readFile(file));
  edit(new Float32Array(bytes.buffer));
  await writeFile(file, bytes);
  if (!hashAnew) return;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await editJson(
    path.join(folder, 'model.json'),
    weights(() => ({ sha256 })) as (content: object) => unknown,
  );
}
