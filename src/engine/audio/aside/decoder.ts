import { parentPort } from 'node:worker_threads';
import { serve } from '#shared/rpc/serve.ts';
import { createBlocks } from '../blocks.ts';
import { openAudio, type AudioReading } from '../decode.ts';
import type { Planes } from '../frame-converter.ts';
import { decodingContract, type Part } from './contract.ts';

/** The thread that decodes for `createDecodingThread`. */
interface Running {
  readonly parts: AsyncGenerator<Part, void>;
  readonly controller: AbortController;
}

/** Samples handed over together: two seconds at 16 kHz. */
const partSamples = 32_000;

const running = new Map<number, Running>();
const port = parentPort;
if (port === null) throw new Error('this is no thread');

serve(
  {
    post: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.on('close', listener),
    close: () => {
      port.close();
    },
  },
  decodingContract,
  {
    open: async ({ path }, { signal }) => (await openAudio(path, { signal })).format,
    read: async ({ id, path, sampleRate, mono }) => {
      const controller = new AbortController();
      const source = await openAudio(path, controller);
      const reading = source.read({
        ...(sampleRate === undefined ? {} : { sampleRate }),
        ...(mono === undefined ? {} : { mono }),
      });
      running.set(id, { parts: partsOf(reading), controller });
      return null;
    },
    next: async ({ id }) => (await running.get(id)?.parts.next())?.value ?? null,
    close: ({ id }) => {
      running.get(id)?.controller.abort();
      running.delete(id);
      return null;
    },
  },
  (bug) => {
    throw bug;
  },
);

async function* partsOf(reading: AudioReading): AsyncGenerator<Part, void> {
  const blocks = createBlocks(partSamples);
  const partOf = (planes: Planes): Part => ({
    // Copies of their own length: with a view, all that it is a view of would be handed over.
    planes: planes.map((plane) => plane.slice()),
    fraction: reading.fraction(),
    report: null,
  });
  for await (const planes of reading) {
    const block = blocks.add(planes);
    if (block !== null) yield partOf(block);
  }
  const rest = blocks.rest();
  if (rest !== null) yield partOf(rest);
  yield { planes: [], fraction: reading.fraction(), report: reading.report() };
}
