import type { Sketch } from '#shared/domain/peaks.ts';

/** Says what has been seen of a recording by now. */
export type Sketcher = () => Sketch;

/** Who can be asked what has been seen of which file. */
export interface Sketches {
  /** Does work that reads a file; while it lasts, `of` answers by what the work hands to `onReading`. */
  readonly during: <T>(
    path: string,
    work: (onReading: (sketcher: Sketcher) => void) => Promise<T>,
  ) => Promise<T>;
  readonly of: (path: string) => Sketch | null;
}

export function createSketches(): Sketches {
  const sketchers = new Map<string, Sketcher>();
  return {
    during: async (path, work) => {
      try {
        return await work((sketcher) => {
          sketchers.set(path, sketcher);
        });
      } finally {
        sketchers.delete(path);
      }
    },
    of: (path) => sketchers.get(path)?.() ?? null,
  };
}
