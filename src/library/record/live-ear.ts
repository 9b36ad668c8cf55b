import type { ErrorShape } from '#shared/contract/errors.ts';
import { toErrorShape } from '#shared/contract/errors.ts';
import type { LiveCells, SoundShape } from '#shared/contract/live.ts';
import { join32 } from '#shared/domain/float32.ts';
import type { EngineClient, EngineLink } from '../engine-link.ts';

/** Has the engine listen to a recording while it is made. The recording never waits for it. */
export interface LiveEar {
  /** @param samples interleaved, in their order */
  readonly hear: (samples: Float32Array) => void;
  readonly close: () => void;
}

export interface LiveEarOptions {
  readonly engine: EngineLink;
  readonly modelFolder: string;
  readonly shape: SoundShape;
  readonly onHeard: (cells: LiveCells) => void;
  /** Told once: from then on nothing is heard. */
  readonly onUnheard: (error: ErrorShape) => void;
}

interface Session {
  readonly client: EngineClient;
  readonly session: number;
  /** Cells of the recording before the session's first. */
  readonly cellsBefore: number;
  readonly hopSeconds: number;
}

/** What the engine is behind by more than this is not heard live: somebody who speaks waits for no timeline. */
const mostSecondsWaiting = 20;

/**
 * Where an engine dies, the next one goes on from the next whole cell. What comes while the engine is busy waits
 * and is handed over together.
 */
export function createLiveEar(options: LiveEarOptions): LiveEar {
  const { shape } = options;
  const waiting: Float32Array[] = [];
  let framesWaiting = 0;
  /** Frames that were handed over or passed by. */
  let framesBefore = 0;
  let session: Session | undefined;
  let isAtWork = false;
  let isOver = false;

  function take(): Float32Array {
    const samples = join32(waiting.splice(0));
    framesBefore += framesWaiting;
    framesWaiting = 0;
    return samples;
  }

  async function work(): Promise<void> {
    while (framesWaiting > 0 && !isOver) {
      const client = options.engine.current();
      if (!client) {
        take();
        return;
      }
      if (session?.client !== client) session = await startSession(client, options, framesBefore);
      const samples = fromFirstCell(session, shape, framesBefore, take());
      if (samples.length === 0) continue;
      const cells = await client.call('live.hear', { session: session.session, samples });
      options.onHeard(onRecording(cells, session));
    }
  }

  function fail(error: unknown): void {
    const lost = session?.client ?? options.engine.current();
    session = undefined;
    const shapeOfError = toErrorShape(error);
    if (shapeOfError.code === 'engine-stopped') {
      if (lost) options.engine.drop(lost);
      return;
    }
    if (isOver) return;
    isOver = true;
    options.onUnheard(shapeOfError);
  }

  return {
    hear: (samples) => {
      if (isOver) return;
      waiting.push(samples);
      framesWaiting += samples.length / shape.channels;
      if (framesWaiting > mostSecondsWaiting * shape.sampleRate) {
        take();
        session = undefined;
      }
      if (isAtWork) return;
      isAtWork = true;
      void work()
        .catch(fail)
        .finally(() => {
          isAtWork = false;
        });
    },
    close: () => {
      isOver = true;
      if (!session) return;
      // A session that its engine took along needs no end.
      session.client.call('live.stop', { session: session.session }).catch(() => undefined);
    },
  };
}

async function startSession(
  client: EngineClient,
  { modelFolder, shape }: LiveEarOptions,
  framesBefore: number,
): Promise<Session> {
  const started = await client.call('live.start', { modelFolder, ...shape });
  const cellsBefore = Math.ceil(framesBefore / shape.sampleRate / started.hopSeconds);
  return { client, ...started, cellsBefore };
}

/** What of the samples is not before the session's first cell. */
function fromFirstCell(
  { cellsBefore, hopSeconds }: Session,
  { sampleRate, channels }: SoundShape,
  framesAfter: number,
  samples: Float32Array,
): Float32Array {
  const from = framesAfter;
  const firstFrame = Math.round(cellsBefore * hopSeconds * sampleRate);
  return samples.subarray(Math.max(0, firstFrame - from) * channels);
}

function onRecording(cells: LiveCells, { cellsBefore, hopSeconds }: Session): LiveCells {
  return {
    ...cells,
    first: cells.first + cellsBefore,
    heardSeconds: cells.heardSeconds + cellsBefore * hopSeconds,
  };
}
