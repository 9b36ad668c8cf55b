/** Of the canonical sound, in Hz. */
export const sampleRate = 16_000;
/** Samples in a frame (32 ms). */
export const frameSize = 512;
/** Samples from one frame to the next (10 ms). */
export const hopSize = 160;
/** Bins of a spectrum as Meyda has it: 0 Hz up to, but without, Nyquist. */
export const spectrumBins = frameSize / 2;

/**
 * Frames in a signal of `samples` samples. Frame `k` covers the samples `[160 k, 160 k + 512)` and nothing
 * is padded, so up to 159 samples at the end are in no frame. A signal shorter than one frame is filled
 * up with zeros to one; no samples are no frames.
 */
export function frameCount(samples: number): number {
  if (samples === 0) return 0;
  return Math.max(0, Math.floor((samples - frameSize) / hopSize)) + 1;
}

/** Rows that `stride` frames at a time make of a signal; the last row may be of fewer frames. */
export function rowCount(samples: number, stride: number): number {
  return Math.ceil(frameCount(samples) / stride);
}

/** The sample in the middle of what row `row` is computed from. */
export function rowCentre(row: number, stride: number): number {
  return row * stride * hopSize + ((stride - 1) * hopSize + frameSize) / 2;
}

/** Called with each frame in turn: its samples are `buffer[start]` up to `buffer[start + size - 1]`. */
export type VisitFrame = (buffer: Float32Array, start: number) => void;

export interface Framer {
  readonly push: (samples: Float32Array) => void;
  /** Says that the sound is over; visits the frames that reach beyond its end. */
  readonly finish: () => void;
}

/**
 * Cuts a stream of samples, handed over in pieces of any size, into as many frames as `frameCount` says,
 * one a hop. Each visited frame starts `lead` samples before the frame of the grid and is `size` long;
 * where it reaches beyond the sound it holds zeros. Keeps a second of sound at most.
 */
export function createFramer(size: number, lead: number, visit: VisitFrame): Framer {
  const buffer = new Float32Array(size + sampleRate);
  let held = lead;
  let received = 0;
  let visited = 0;

  const append = (samples: Float32Array) => {
    buffer.set(samples, held);
    held += samples.length;
    let start = 0;
    for (; start + size <= held; start += hopSize) {
      visit(buffer, start);
      visited += 1;
    }
    buffer.copyWithin(0, start, held);
    held -= start;
  };

  return {
    push: (samples) => {
      received += samples.length;
      for (let at = 0; at < samples.length; at += sampleRate) {
        append(samples.subarray(at, at + sampleRate));
      }
    },
    finish: () => {
      const missing = frameCount(received) - visited;
      const wanted = (missing - 1) * hopSize + size;
      if (missing > 0) append(new Float32Array(wanted - held));
    },
  };
}
