import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import {
  engineContract,
  type Analysis,
  type ModelSummary,
  type PreparedAudio,
} from '#shared/contract/engine.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Correction, FinetuneReport } from '#shared/contract/training.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { descriptorId, viewFiles } from '#shared/domain/views.ts';
import type { CallContext, Handlers } from '#shared/rpc/contract.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import { serve } from '#shared/rpc/serve.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';

/**
 * Stands in for the engine, which the library knows only through its contract. It decodes nothing: a byte
 * of a file counts as a sample, a file that begins with "broken" cannot be decoded, no mp3 says what its encoder
 * added, and every analysis is the same three segments, of which a retrained version calls the first as it was told, and any model that hears
 * a recording relative to its speaker calls it happy. Ports, contract and the files in the cache are real.
 */
export interface StandInEngine {
  readonly client: Client<typeof engineContract>;
  /** What was asked, as `method name-of-file`, in order. */
  readonly calls: readonly string[];
  /** Makes calls of a method wait, from now on, until {@link release}. */
  readonly hold: (
    method:
      | 'audio.prepare'
      | 'analysis.run'
      | 'analysis.profile'
      | 'training.run'
      | 'views.makeSpectrogram',
  ) => void;
  readonly release: () => void;
  /** Ends as a process that was killed does: its port closes, whatever was asked. */
  readonly die: () => void;
}

export const labels = ['neutral', 'happy', 'angry'] as const;
export const modelId = 'stand-in-1';
export const sampleRate = 1000;

/** @param version of its models' files: of another one they are other models */
export function startStandInEngine(version = '1'): StandInEngine {
  const sha256Of = (modelFolder: string): string =>
    createHash('sha256')
      .update(`${modelIdOf(modelFolder)} ${version}`)
      .digest('hex');
  const channel = new MessageChannel();
  const calls: string[] = [];
  let heard = 0;
  const held = new Set<string>();
  let release = (): void => undefined;
  let released = Promise.resolve();

  async function note(method: string, path: string, context: CallContext): Promise<void> {
    calls.push(`${method} ${basename(path)}`);
    if (!held.has(method)) return;
    if (method !== 'training.run') context.report({ stage: method, fraction: 0.5 });
    await Promise.race([released, whenAborted(context.signal)]);
  }

  const handlers: Handlers<typeof engineContract> = {
    'engine.status': () => ({ engine: 'portable', version: '0', reason: 'a stand-in' }),
    'model.describe': ({ modelFolder }) => {
      calls.push(`model.describe ${basename(modelFolder)}`);
      return { ...describe(modelFolder), sha256: sha256Of(modelFolder) };
    },
    'model.check': ({ modelFolder }) => {
      calls.push(`model.check ${readdirSync(modelFolder).sort().join(' ')}`);
      return { ...describe(modelFolder), sha256: sha256Of(modelFolder) };
    },
    'live.start': () => {
      calls.push('live.start');
      return { session: 1, hopSeconds: 0.5 };
    },
    'live.hear': ({ samples }) => {
      heard += samples.length;
      return {
        labels,
        hopSeconds: 0.5,
        first: 0,
        probabilities: new Float32Array(labels.length),
        speech: new Float32Array(1),
        heardSeconds: heard / sampleRate,
        engineMilliseconds: 1,
      };
    },
    'live.stop': () => {
      calls.push('live.stop');
    },
    'audio.prepare': async ({ path, cacheFolder }, context) => {
      await note('audio.prepare', path, context);
      return prepare(path, cacheFolder);
    },
    'audio.sketch': ({ path }) => {
      calls.push(`audio.sketch ${basename(path)}`);
      return {
        sound: soundOf(path, samplesOf(path)),
        peaks: { samplesPerBlock: 10, minima: new Float32Array(1), maxima: new Float32Array(1) },
      };
    },
    'audio.peaks': ({ peaksPath }) => {
      calls.push(`audio.peaks ${basename(peaksPath)}`);
      const text = existsSync(peaksPath) ? readFileSync(peaksPath, 'utf8') : '';
      if (text !== 'peaks') throw new UndertoneError('cache-damaged', { subject: peaksPath });
      return { samplesPerBlock: 10, minima: new Float32Array(3), maxima: new Float32Array(3) };
    },
    'audio.excerpt': ({ path, excerpt: { start, end } }) => {
      calls.push(`audio.excerpt ${basename(path)}`);
      return { wav: new Uint8Array(readFileSync(path).subarray(start, end)) };
    },
    'views.makeSpectrogram': async ({ path, base }, context) => {
      await note('views.makeSpectrogram', path, context);
      const made = {
        version: 1,
        columnSeconds: 0.01,
        rows: 2,
        columns: [600],
        loudest: 9,
      } as const;
      writeFileSync(
        base + viewFiles.spectrogramLevel(0),
        Uint8Array.from({ length: 1200 }, (_, at) => at % 251),
      );
      writeFileSync(base + viewFiles.spectrogram, JSON.stringify(made));
      return made;
    },
    'views.makeDescriptors': async ({ path, base }, context) => {
      await note('views.makeDescriptors', path, context);
      const made = { version: 1, firstSeconds: 0.021, hopSeconds: 0.02, values: 3 } as const;
      for (const [at, id] of descriptorId.options.entries()) {
        writeFileSync(base + viewFiles.descriptor(id), Float32Array.of(at, NaN, 0.5));
      }
      writeFileSync(base + viewFiles.descriptors, JSON.stringify(made));
      return made;
    },
    'analysis.run': async ({ path, modelFolder, profile }, context) => {
      await note('analysis.run', path, context);
      const first = profile ? 'happy' : labelOf(modelFolder);
      const heard = analyse(samplesOf(path), first);
      return { ...heard, model: modelIdOf(modelFolder), modelSha256: sha256Of(modelFolder) };
    },
    'analysis.profile': async ({ paths, modelFolder }, context) => {
      await note('analysis.profile', paths.map((path) => basename(path)).join(' '), context);
      const samples = paths.reduce((sum, path) => sum + samplesOf(path), 0);
      return {
        featureHash: describe(modelFolder).featureHash,
        speechSeconds: samples / sampleRate,
        level: { rows: samples, sum: samples },
        counts: [samples],
        means: [0],
        squares: [samples],
      };
    },
    'training.run': async ({ out, modelFolder, corrections, seed }, context) => {
      context.report({
        stage: 'learning',
        fraction: 0.5,
        figures: { epoch: 1, epochs: 2, loss: 1 },
      });
      await note('training.run', modelFolder, context);
      return learn(out, modelIdOf(modelFolder), corrections, seed);
    },
  };
  serve(nodePort(channel.port1), engineContract, handlers, (bug) => {
    throw bug;
  });
  return {
    client: connect(nodePort(channel.port2), engineContract),
    calls,
    hold: (method) => {
      held.add(method);
      released = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => {
      held.clear();
      release();
    },
    die: () => {
      channel.port1.close();
    },
  };
}

/** As the engine takes it from the card; a version's is the name of its folder. */
function modelIdOf(modelFolder: string): string {
  const name = basename(modelFolder);
  return name === 'stand-in' ? modelId : name;
}

function describe(modelFolder: string): Omit<ModelSummary, 'sha256'> {
  return {
    id: modelIdOf(modelFolder),
    name: 'Stand-in',
    labels,
    featureHash: 'features',
    licence: 'none',
    score: 'none',
    protocol: 'none',
    adaptation: [],
  };
}

/** What a version learnt is all that its model is. */
function labelOf(modelFolder: string): string {
  const file = join(modelFolder, 'model.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : 'neutral';
}

function learn(
  out: string,
  parent: string,
  corrections: readonly Correction[],
  seed: number,
): FinetuneReport {
  const [first] = corrections;
  if (!first) throw new UndertoneError('corrections-too-few', { detail: 'nothing' });
  mkdirSync(out);
  writeFileSync(join(out, 'model.json'), first.label);
  writeFileSync(join(out, 'card.json'), '{}');
  writeFileSync(join(out, 'weights.bin'), 'weights');
  const figures = { uar: 0.5, accuracy: 0.5 };
  return {
    kind: 'finetune',
    model: basename(out),
    parent,
    labels,
    seed,
    dataHash: createHash('sha256').update(JSON.stringify(corrections)).digest('hex'),
    corrections: { [first.label]: corrections.length },
    heldBack: { clips: 1, before: figures, after: figures, gainInterval: [0, 0] },
    check: null,
    seconds: 1,
  };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new UndertoneError('cancelled'));
    });
  });
}

function prepare(path: string, cacheFolder: string): PreparedAudio {
  if (!existsSync(path)) throw new UndertoneError('file-missing', { subject: path });
  const bytes = readFileSync(path);
  if (bytes.toString('latin1').startsWith('broken')) {
    throw new UndertoneError('not-audio', { subject: path, detail: 'it is broken' });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const peaksPath = join(cacheFolder, `${sha256}.peaks`);
  writeFileSync(peaksPath, 'peaks');
  const copy = join(cacheFolder, `${sha256}.flac`);
  const isCanonical = path.endsWith('.wav');
  if (!isCanonical) writeFileSync(copy, bytes);
  return {
    canonicalPath: isCanonical ? path : copy,
    sha256,
    peaksPath,
    sound: soundOf(path, bytes.length),
  };
}

function soundOf(path: string, samples: number): Sound {
  const uncertainStartSeconds = path.endsWith('.mp3') ? 0.038 : 0;
  return { sampleRate, channels: 1, samples, damaged: null, uncertainStartSeconds };
}

/** @throws file-missing, like the real one: a test may be over, and its files gone, before the engine is at them */
function samplesOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UndertoneError('file-missing', { subject: path });
  return found.size;
}

function analyse(samples: number, first: string): Omit<Analysis, 'model' | 'modelSha256'> {
  const third = Math.floor(samples / 3);
  return {
    unsureBelow: 0.4,
    track: {
      labels,
      hopSeconds: 0.5,
      windowSeconds: 2.5,
      cells: 2,
      probabilities: Float32Array.of(0.5, 0.25, 0.25, 0, 0, 0),
      speech: Float32Array.of(1, 0),
    },
    segments: [
      {
        start: 0,
        end: third,
        label: first,
        confidence: 0.5,
        probabilities: [0.5, 0.25, 0.25],
      },
      { start: third, end: 2 * third, label: 'no speech', confidence: 0.875, probabilities: [] },
      {
        start: 2 * third,
        end: samples,
        label: 'angry',
        confidence: 0.75,
        probabilities: [0.125, 0.125, 0.75],
      },
    ],
  };
}
