/** Rows that wait to be taken, first in, first out. Grows as far as the longest wait needs. */
export interface RowQueue {
  readonly columns: number;
  /** How many rows wait. */
  waiting(): number;
  /** Adds a row; `write` fills `data[at]` up to `data[at + columns - 1]`. */
  add(write: (data: Float32Array, at: number) => void): void;
  /** The oldest `rows` rows, row-major; they leave the queue. */
  take(rows: number): Float32Array;
}

/** One row a frame, at its own pace; `rows` may lag behind the samples given. */
export interface RowSource {
  readonly rows: RowQueue;
  readonly push: (samples: Float32Array) => void;
  readonly finish: () => void;
}

export function createRowQueue(columns: number): RowQueue {
  let data = new Float32Array(columns * 128);
  let held = 0;
  return {
    columns,
    waiting: () => held / columns,
    add: (write) => {
      if (held === data.length) {
        const larger = new Float32Array(2 * data.length);
        larger.set(data);
        data = larger;
      }
      write(data, held);
      held += columns;
    },
    take: (rows) => {
      const taken = data.slice(0, rows * columns);
      data.copyWithin(0, taken.length, held);
      held -= taken.length;
      return taken;
    },
  };
}
