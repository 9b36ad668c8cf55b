import type { Worker } from 'node:worker_threads';
import { startThread } from '#files/start-thread.ts';
import { connect, type CallOptions, type Client } from '#shared/rpc/connect.ts';
import type { Port } from '#shared/rpc/port.ts';
import type { AudioReading, DecodeReport, OpenAudio, ReadOptions } from '../decode.ts';
import type { Planes } from '../frame-converter.ts';
import { decodingContract, type Part } from './contract.ts';

/** Decodes beside the thread that listens, so that the one goes on while the other computes. */
export interface DecodingThread {
  /** As `openAudio`, but what is read is decoded there. */
  readonly open: OpenAudio;
  readonly close: () => Promise<void>;
}

type Decoder = Client<typeof decodingContract>;

/** Parts asked for ahead: enough for both threads to go on while the other pauses, and a few megabytes at most. */
const partsAhead = 8;

/**
 * A thread that is started when a recording is first opened, and serves any number of them.
 *
 * @param entry the module that runs in it, where the sources are bundled
 */
export function createDecodingThread(
  entry = new URL('./decoder.ts', import.meta.url),
): DecodingThread {
  let worker: Worker | undefined;
  let decoder: Decoder | undefined;
  let lastId = 0;

  function start(): Decoder {
    worker = startThread(entry);
    return connect(portOf(worker), decodingContract);
  }

  return {
    open: async (path, { signal } = {}) => {
      const client = (decoder ??= start());
      try {
        const format = await client.call('open', { path }, signal ? { signal } : {});
        const read = (options: ReadOptions = {}): AudioReading =>
          readAhead(client, { id: ++lastId, path, ...options }, signal);
        return { path, format, read };
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      }
    },
    close: async () => {
      await worker?.terminate();
    },
  };
}

interface ReadingArgs extends ReadOptions {
  readonly id: number;
  readonly path: string;
}

function readAhead(
  decoder: Decoder,
  args: ReadingArgs,
  signal: AbortSignal | undefined,
): AudioReading {
  const { id } = args;
  const options: CallOptions = signal ? { signal } : {};
  let behind = 0;
  let report: DecodeReport | null = null;

  const ask = (): Promise<Part | null> => {
    const asked = decoder.call('next', { id }, options);
    // Whoever reads is told when it is this part's turn, or has left before.
    asked.catch(() => undefined);
    return asked;
  };

  async function* parts(): AsyncGenerator<Planes> {
    try {
      await decoder.call('read', args, options);
      const asked = Array.from({ length: partsAhead }, ask);
      while (report === null) {
        const part = await asked.shift();
        asked.push(ask());
        if (!part) throw new Error('the recording ended without a report');
        behind = part.fraction;
        report = part.report;
        if (part.planes.length > 0) yield part.planes;
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      void decoder.call('close', { id });
    }
  }

  return {
    [Symbol.asyncIterator]: parts,
    fraction: () => behind,
    report: () => {
      if (report === null) throw new Error('The recording has not been read to its end');
      return report;
    },
  };
}

function portOf(worker: Worker): Port {
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    onMessage: (listener) => worker.on('message', listener),
    onClose: (listener) => worker.on('exit', listener),
    close: () => {
      void worker.terminate();
    },
  };
}
