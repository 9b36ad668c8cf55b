import { realFft } from './fft.ts';
import { createFramer, frameSize, sampleRate } from './frames.ts';
import { rawLayout } from './layout.ts';
import { rowsOf, stack, type Matrix } from './matrix.ts';
import { createPitchSource } from './pitch/stream.ts';
import { averageRows } from './pool.ts';
import { createRowQueue, type RowSource } from './row-queue.ts';
import type { FeatureSettings } from './settings.ts';
import { createFrameAnalyser } from './spectrum.ts';

/**
 * Turns sound that arrives in pieces into rows of raw features, in order and each once. The rows are the
 * same whatever the pieces; memory does not grow with the length of the sound.
 */
export interface FeatureStream {
  /** Mono samples at 16 kHz, in -1 to 1. Returns the rows that are complete with them, maybe none. */
  push(samples: Float32Array): Matrix;
  /** Says that the sound is over; returns the last rows. */
  finish(): Matrix;
}

/** Bounds what waits inside while a whole recording is pushed at once. */
const piece = 10 * sampleRate;

/** A stream of raw features (see `RawLayout`); `shapeFeatures` makes of them what a model sees. */
export async function createFeatureStream(settings: FeatureSettings): Promise<FeatureStream> {
  const { columns } = rawLayout(settings);
  const sources = [await createSpectralSource(settings)];
  if (settings.pitch) sources.push(await createPitchSource());

  const emit = (frames: number): Matrix => {
    const data = new Float32Array(Math.ceil(frames / settings.stride) * columns);
    let column = 0;
    for (const { rows } of sources) {
      averageRows(rowsOf(rows.take(frames), rows.columns), settings.stride, data, column, columns);
      column += rows.columns;
    }
    return rowsOf(data, columns);
  };
  const ready = () => Math.min(...sources.map(({ rows }) => rows.waiting()));

  return {
    push: (samples) => {
      const parts: Matrix[] = [];
      for (let at = 0; at < samples.length; at += piece) {
        for (const source of sources) source.push(samples.subarray(at, at + piece));
        parts.push(emit(ready() - (ready() % settings.stride)));
      }
      return stack(parts, columns);
    },
    finish: () => {
      for (const source of sources) source.finish();
      return emit(ready());
    },
  };
}

/** Raw features of a whole signal, as a stream would give them. */
export async function extractFeatures(
  samples: Float32Array,
  settings: FeatureSettings,
): Promise<Matrix> {
  const stream = await createFeatureStream(settings);
  const { columns } = rawLayout(settings);
  return stack([stream.push(samples), stream.finish()], columns);
}

async function createSpectralSource(settings: FeatureSettings): Promise<RowSource> {
  const analyse = createFrameAnalyser(settings, await realFft(frameSize));
  const rows = createRowQueue(rawLayout(settings).pitchAt);
  const framer = createFramer(frameSize, 0, (buffer, start) => {
    rows.add((data, at) => {
      analyse(buffer, start, data, at);
    });
  });
  return { rows, push: framer.push, finish: framer.finish };
}
