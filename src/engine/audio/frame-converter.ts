import { AV_SAMPLE_FMT_FLTP } from 'node-av/constants';
import type { AVSampleFormat } from 'node-av/constants';
import { avChannelLayoutDefault, FFmpegError, SoftwareResampleContext } from 'node-av/lib';
import type { Frame } from 'node-av/lib';

/** Planar samples, one array a channel, all of one length; full scale is -1..1. */
export type Planes = readonly Float32Array[];

export interface FrameConverter {
  /** The samples of a frame, in the shape asked for. */
  convert(frame: Frame): Planes;
  free(): void;
}

/**
 * Turns frames of any sample format into planar float32. Frames are expected at `sampleRate` with `channels`; a
 * stream that changes its shape half-way (glued mp3, broadcast aac) is brought to the shape that it began with.
 */
export function createFrameConverter(sampleRate: number, channels: number): FrameConverter {
  let shape = '';
  let context: SoftwareResampleContext | null = null;

  return {
    convert(frame) {
      const samples = frame.nbSamples;
      const next = `${frame.format} ${frame.sampleRate} ${frame.channels}`;
      if (context === null || next !== shape) {
        context?.free();
        context = openContext(frame, sampleRate, channels);
        shape = next;
      }
      const room = frame.sampleRate === sampleRate ? samples : context.getOutSamples(samples);
      const planes = Array.from({ length: channels }, () => new Float32Array(room));
      const count = context.convertSync(planes.map(asBuffer), room, frame.data, samples);
      FFmpegError.throwIfError(count, 'convert frame');
      return count === room ? planes : planes.map((plane) => plane.subarray(0, count));
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

function openContext(frame: Frame, sampleRate: number, channels: number): SoftwareResampleContext {
  const context = new SoftwareResampleContext();
  // Layouts by number of channels: a raw wav frame has none, and swr refuses a frame without.
  const [from, to] = [avChannelLayoutDefault(frame.channels), avChannelLayoutDefault(channels)];
  const format = frame.format as AVSampleFormat;
  const opened = context.allocSetOpts2(
    ...([to, AV_SAMPLE_FMT_FLTP, sampleRate] as const),
    ...([from, format, frame.sampleRate] as const),
  );
  FFmpegError.throwIfError(opened, 'set up conversion');
  FFmpegError.throwIfError(context.init(), 'set up conversion');
  return context;
}
