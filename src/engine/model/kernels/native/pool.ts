/** Milliseconds without use after which memory goes back to the system. */
const idle = 10_000;

/** Memory that is used again: fresh pages by the thousand cost as much as computing what goes there. */
export interface Pool {
  /** @returns at least so many bytes, which hold what they held before */
  readonly take: (bytes: number) => ArrayBufferLike;
  readonly give: (buffer: ArrayBufferLike) => void;
}

export function createPool(): Pool {
  let free: readonly ArrayBufferLike[] = [];
  let emptying: NodeJS.Timeout | undefined;
  return {
    take: (bytes) => {
      const found = free.find(({ byteLength }) => byteLength >= bytes);
      free = free.filter((buffer) => buffer !== found);
      return found ?? new ArrayBuffer(bytes);
    },
    give: (buffer) => {
      // The smallest first, so that the smallest that will do is taken.
      free = [...free, buffer].sort((a, b) => a.byteLength - b.byteLength);
      clearTimeout(emptying);
      emptying = setTimeout(() => (free = []), idle).unref();
    },
  };
}
