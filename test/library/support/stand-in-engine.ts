import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { engineContract, type Analysis, type PreparedAudio } from '#shared/contract/engine.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { CallContext, Handlers } from '#shared/rpc/contract.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import { serve } from '#shared/rpc/serve.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';

/**
 * Stands in for the engine, which the library knows only through its contract. It decodes nothing: a byte
 * of a file counts as a sample, a file that begins with "broken" cannot be decoded, and every analysis is
 * the same three segments. Ports, contract and the files in the cache are real.
 */
export interface StandInEngine {
  readonly client: Client<typeof engineContract>;
  /** What was asked, as `method name-of-file`, in order. */
  readonly calls: readonly string[];
  /** Makes calls of a method wait, from now on, until {@link release}. */
  readonly hold: (method: 'audio.prepare' | 'analysis.run') => void;
  readonly release: () => void;
  /** Ends as a process that was killed does: its port closes, whatever was asked. */
  readonly die: () => void;
}

export const labels = ['neutral', 'happy', 'angry'] as const;
export const modelId = 'stand-in-1';
export const sampleRate = 1000;

export function startStandInEngine(): StandInEngine {
  const channel = new MessageChannel();
  const calls: string[] = [];
  const held = new Set<string>();
  let release = (): void => undefined;
  let released = Promise.resolve();

  async function note(method: string, path: string, context: CallContext): Promise<void> {
    calls.push(`${method} ${basename(path)}`);
    if (!held.has(method)) return;
    context.report({ stage: method, fraction: 0.5 });
    await Promise.race([released, whenAborted(context.signal)]);
  }

  const handlers: Handlers<typeof engineContract> = {
    'engine.status': () => ({ engine: 'portable', version: '0', reason: 'a stand-in' }),
    'model.describe': ({ modelFolder }) => {
      calls.push(`model.describe ${basename(modelFolder)}`);
      return {
        id: modelId,
        name: 'Stand-in',
        labels,
        licence: 'none',
        score: 'none',
        protocol: 'none',
      };
    },
    'audio.discover': ({ paths }) => discover(paths),
    'audio.prepare': async ({ path, cacheFolder }, context) => {
      await note('audio.prepare', path, context);
      return prepare(path, cacheFolder);
    },
    'audio.peaks': ({ peaksPath }) => {
      calls.push(`audio.peaks ${basename(peaksPath)}`);
      const text = existsSync(peaksPath) ? readFileSync(peaksPath, 'utf8') : '';
      if (text !== 'peaks') throw new UndertoneError('cache-damaged', { subject: peaksPath });
      return { samplesPerBlock: 10, minima: new Float32Array(3), maxima: new Float32Array(3) };
    },
    'analysis.run': async ({ path }, context) => {
      await note('analysis.run', path, context);
      return analyse(statSync(path).size);
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

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new UndertoneError('cancelled'));
    });
  });
}

function discover(paths: readonly string[]): {
  files: string[];
  failures: { path: string; message: string; hint: string }[];
} {
  const files: string[] = [];
  const failures: { path: string; message: string; hint: string }[] = [];
  for (const path of paths) {
    if (!existsSync(path)) {
      const { message, hint } = new UndertoneError('file-missing', { subject: path });
      failures.push({ path, message, hint });
    } else if (statSync(path).isDirectory()) {
      files.push(...readdirSync(path).map((name) => join(path, name)));
    } else {
      files.push(path);
    }
  }
  return { files, failures };
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
    sound: { sampleRate, channels: 1, samples: bytes.length, damaged: null },
  };
}

function analyse(samples: number): Analysis {
  const third = Math.floor(samples / 3);
  return {
    model: modelId,
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
        label: 'neutral',
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
