import type { Planes } from './frame-converter.ts';

/** Joins the short frames of a codec to blocks, since every step after decoding has its price per call. */
export interface Blocks {
  /**
   * Copies the samples of a frame.
   *
   * @returns a block once there is enough for one
   */
  add(planes: Planes): Planes | null;
  /** What is left, null where nothing is. */
  rest(): Planes | null;
}

/** Blocks of at least so many samples. */
export function createBlocks(samples: number): Blocks {
  let block: readonly Float32Array[] = [];
  let held = 0;

  /** Room for a block and its last frame, which may be as long as this one. */
  function makeRoom(planes: Planes, length: number): void {
    const room = block[0]?.length ?? 0;
    if (room >= held + length) return;
    block = planes.map((_, channel) => {
      const larger = new Float32Array(samples + length);
      larger.set(block[channel]?.subarray(0, held) ?? []);
      return larger;
    });
  }

  function rest(): Planes | null {
    if (held === 0) return null;
    const whole = block.map((plane) => plane.subarray(0, held));
    block = [];
    held = 0;
    return whole;
  }

  return {
    add(planes) {
      const length = planes[0]?.length ?? 0;
      makeRoom(planes, length);
      for (const [channel, plane] of planes.entries()) block[channel]?.set(plane, held);
      held += length;
      return held < samples ? null : rest();
    },
    rest,
  };
}
