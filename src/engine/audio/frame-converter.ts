import { AV_SAMPLE_FMT_FLTP } from 'node-av/constants';
import type { AVSampleFormat } from 'node-av/constants';
import { avChannelLayoutDefault, SoftwareResampleContext } from 'node-av/lib';
import type { Frame } from 'node-av/lib';

/** Planar samples, one array a channel, all of one length; full scale is -1..1. */
export type Planes = readonly Float32Array[];

export interface FrameConverter {
  /**
   * The samples of a frame, in the shape asked for.
   *
   * @returns null where damage has made a frame of a shape that no sound has
   * @param reuse whether the frames that were converted before are not needed any more; their memory is used again
   */
  convert(frame: Frame, reuse: boolean): Planes | null;
  free(): void;
}

/**
 * Turns frames of any sample format into planar float32. Frames are expected at `sampleRate` with `channels`; a
 * stream that changes its shape half-way (glued mp3, broadcast aac) is brought to the shape that it began with.
 */
export function createFrameConverter(sampleRate: number, channels: number): FrameConverter {
  let shape = '';
  let context: SoftwareResampleContext | null = null;
  const rooms: Planes[] = [];
  let taken = 0;

  /** Arrays as long as the frames of before, as a rule: a recording has hundreds of thousands. */
  function nextRoom(samples: number): Planes {
    const known = rooms[taken];
    const fits = known !== undefined && (known[0]?.length ?? 0) >= samples;
    const room = fits ? known : Array.from({ length: channels }, () => new Float32Array(samples));
    rooms[taken] = room;
    taken += 1;
    return room;
  }

  return {
    convert(frame, reuse) {
      if (reuse) taken = 0;
      const samples = frame.nbSamples;
      const next = `${frame.format} ${frame.sampleRate} ${frame.channels}`;
      if (context === null || next !== shape) {
        context?.free();
        context = openContext(frame, sampleRate, channels);
        shape = next;
      }
      if (context === null) return null;
      const room = frame.sampleRate === sampleRate ? samples : context.getOutSamples(samples);
      const planes = nextRoom(room);
      const count = context.convertSync(planes.map(asBuffer), room, frame.data, samples);
      if (count < 0) return null;
      return planes.map((plane) => plane.subarray(0, count));
    },
    free() {
      context?.free();
      context = null;
    },
  };
}

/** The bytes of an array, shared. */
export function asBuffer({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function openContext(
  frame: Frame,
  sampleRate: number,
  channels: number,
): SoftwareResampleContext | null {
  const context = new SoftwareResampleContext();
  // Layouts by number of channels: a raw wav frame has none, and swr refuses a frame without.
  const [from, to] = [avChannelLayoutDefault(frame.channels), avChannelLayoutDefault(channels)];
  const format = frame.format as AVSampleFormat;
  const opened = context.allocSetOpts2(
    ...([to, AV_SAMPLE_FMT_FLTP, sampleRate] as const),
    ...([from, format, frame.sampleRate] as const),
  );
  if (opened >= 0 && context.init() >= 0) return context;
  context.free();
  return null;
}
