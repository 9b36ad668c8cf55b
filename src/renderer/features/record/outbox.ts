/** Sound on its way to the file, in order. */
export interface Outbox {
  readonly send: (samples: Float32Array, frames: number) => void;
  /** Resolves when all that was sent is in the file, or will never be. */
  readonly settled: () => Promise<void>;
}

export interface OutboxOptions {
  readonly write: (at: number, samples: Float32Array) => Promise<void>;
  /** Told after each change how many frames are on their way. */
  readonly onWaiting: (frames: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Sends without waiting, and counts what has not arrived: nothing is dropped, and it shows where it piles up. */
export function createOutbox({ write, onWaiting, onFailure }: OutboxOptions): Outbox {
  let next = 0;
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  async function deliver(at: number, samples: Float32Array, frames: number): Promise<void> {
    try {
      await write(at, samples);
    } catch (error) {
      onFailure(error);
    } finally {
      waiting -= frames;
      onWaiting(waiting);
    }
  }

  return {
    send: (samples, frames) => {
      const delivered = deliver(next, samples, frames);
      next += frames;
      waiting += frames;
      onWaiting(waiting);
      last = Promise.all([last, delivered]).then(() => undefined);
    },
    settled: () => last,
  };
}
