import { constants } from 'node:os';
import { AVERROR_EOF, AV_SAMPLE_FMT_S16, FF_ENCODER_FLAC } from 'node-av/constants';
import {
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Packet,
  Rational,
} from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import type { Planes } from './frame-converter.ts';

export interface FlacWriter {
  write(planes: Planes): void;
  /** Completes the file; without it, it is none. */
  finish(): void;
  free(): void;
}

export interface FlacShape {
  readonly sampleRate: number;
  /** 1 to 8. */
  readonly channels: number;
}

/**
 * Writes 16-bit flac. Samples in -1..1 that came from 16 bits come back as they were; louder ones are clipped.
 *
 * The low-level calls matter: node-av's encoder and filters fill frames through buffers that are copies under
 * Electron's memory cage, and so write silence without an error. `fromBuffer` copies into the frame natively.
 *
 * @throws an error with the system's code (ENOSPC, ...) where the file cannot be written
 */
export function createFlacWriter(path: string, shape: FlacShape): FlacWriter {
  const muxer = new FormatContext();
  const encoder = openEncoder(shape);
  const [frame, packet] = [new Frame(), new Packet()];
  frame.alloc();
  packet.alloc();
  const stream = openFile(path, muxer, encoder);
  const block = new Int16Array(encoder.frameSize * shape.channels);
  let filled = 0;
  let written = 0n;

  function encode(samples: number): void {
    frame.unref();
    frame.format = AV_SAMPLE_FMT_S16;
    frame.sampleRate = shape.sampleRate;
    frame.channelLayout = avChannelLayoutDefault(shape.channels);
    frame.nbSamples = samples;
    frame.pts = written;
    check(frame.getBuffer(1), 'allocate frame');
    check(
      frame.fromBuffer(Buffer.from(block.buffer, 0, 2 * samples * shape.channels)),
      'fill frame',
    );
    written += BigInt(samples);
    check(encoder.sendFrameSync(frame), 'encode');
    writePackets();
  }

  function writePackets(): void {
    let status = encoder.receivePacketSync(packet);
    for (; status >= 0; status = encoder.receivePacketSync(packet)) {
      packet.streamIndex = stream.index;
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      check(muxer.writeFrameSync(packet), 'write');
      packet.unref();
    }
    if (status !== AVERROR_EOF && status !== -constants.errno.EAGAIN) check(status, 'encode');
  }

  return {
    write(planes) {
      const length = planes[0]?.length ?? 0;
      for (let from = 0; from < length;) {
        const to = Math.min(length, from + encoder.frameSize - filled);
        interleave(planes, from, to, block, filled);
        filled += to - from;
        from = to;
        if (filled < encoder.frameSize) continue;
        encode(filled);
        filled = 0;
      }
    },
    finish() {
      if (filled > 0) encode(filled);
      check(encoder.sendFrameSync(null), 'encode');
      writePackets();
      check(muxer.writeTrailerSync(), 'finish');
    },
    free() {
      muxer.closeOutputSync();
      muxer.freeContext();
      encoder.freeContext();
      frame.free();
      packet.free();
    },
  };
}

function openEncoder({ sampleRate, channels }: FlacShape): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_FLAC);
  if (codec === null) throw new Error('This build of FFmpeg has no flac encoder');
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.sampleFormat = AV_SAMPLE_FMT_S16;
  encoder.sampleRate = sampleRate;
  encoder.channelLayout = avChannelLayoutDefault(channels);
  encoder.timeBase = new Rational(1, sampleRate);
  encoder.threadCount = 1;
  check(encoder.open2Sync(codec, null), 'open encoder');
  return encoder;
}

function openFile(path: string, muxer: FormatContext, encoder: CodecContext): Stream {
  check(muxer.allocOutputContext2(null, 'flac', path), 'open file');
  const stream = muxer.newStream();
  check(stream.codecpar.fromContext(encoder), 'open file');
  stream.timeBase = encoder.timeBase;
  check(muxer.openOutputSync(), 'open file');
  check(muxer.writeHeaderSync(), 'write header');
  return stream;
}

function interleave(planes: Planes, from: number, to: number, block: Int16Array, at: number): void {
  planes.forEach((plane, channel) => {
    let target = at * planes.length + channel;
    for (let i = from; i < to; i += 1, target += planes.length) {
      const scaled = Math.round((plane[i] ?? 0) * 32_768);
      block[target] = Math.max(-32_768, Math.min(32_767, scaled));
    }
  });
}

const errorNames = new Map(Object.entries(constants.errno).map(([name, code]) => [-code, name]));

/** A failure of the system keeps the system's name, as Node's own errors have it. */
function check(status: number, doing: string): void {
  if (status >= 0) return;
  const error = new Error(`flac: ${doing}: ${FFmpegError.strerror(status)}`);
  throw Object.assign(error, { code: errorNames.get(status) ?? 'FFMPEG' });
}
