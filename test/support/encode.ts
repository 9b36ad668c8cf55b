import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_CODEC_FLAG_QSCALE,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  type FFAudioEncoder,
} from 'node-av/constants';
import {
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  Packet,
  Rational,
} from 'node-av/lib';

/** Encoded files for tests, made by FFmpeg's encoders: LAME, Xiph's, its own. */

export interface Encoding {
  /** FFmpeg's name of the encoder. */
  readonly encoder: FFAudioEncoder;
  readonly sampleRate: number;
  readonly bitRate?: bigint;
  /** In place of a bit rate, where that may vary; what it means is the encoder's matter. */
  readonly quality?: number;
  /** Of the muxer, which the ending of the file chooses: `{ write_xing: '0' }`. */
  readonly options?: Readonly<Record<string, string>>;
}

/** @param planes one array a channel, -1..1 */
export function encodeFile(
  path: string,
  planes: readonly Float32Array[],
  encoding: Encoding,
): void {
  const [encoder, muxer] = [openEncoder(planes.length, encoding), new FormatContext()];
  check(muxer.allocOutputContext2(null, null, path));
  const stream = muxer.newStream();
  check(stream.codecpar.fromContext(encoder));
  stream.timeBase = encoder.timeBase;
  check(muxer.openOutputSync());
  check(muxer.writeHeaderSync(Dictionary.fromObject(encoding.options ?? {})));
  const packet = new Packet();
  packet.alloc();
  const write = (): void => {
    while (encoder.receivePacketSync(packet) >= 0) {
      packet.streamIndex = stream.index;
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      check(muxer.interleavedWriteFrameSync(packet));
      packet.unref();
    }
  };
  for (const frame of framesOf(planes, encoder)) {
    check(encoder.sendFrameSync(frame));
    write();
  }
  check(encoder.sendFrameSync(null));
  write();
  check(muxer.writeTrailerSync());
  muxer.closeOutputSync();
}

function openEncoder(
  channels: number,
  { encoder: name, sampleRate, bitRate, quality }: Encoding,
): CodecContext {
  const codec = Codec.findEncoderByName(name);
  if (codec === null) throw new Error(`This build of FFmpeg has no ${name}`);
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  const formats = codec.sampleFormats ?? [];
  encoder.sampleFormat = formats.includes(AV_SAMPLE_FMT_FLTP)
    ? AV_SAMPLE_FMT_FLTP
    : AV_SAMPLE_FMT_S16;
  encoder.sampleRate = sampleRate;
  encoder.channelLayout = avChannelLayoutDefault(channels);
  encoder.timeBase = new Rational(1, sampleRate);
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  if (bitRate !== undefined) encoder.bitRate = bitRate;
  if (quality !== undefined) {
    encoder.setFlags(AV_CODEC_FLAG_QSCALE);
    encoder.globalQuality = 118 * quality;
  }
  check(encoder.open2Sync(codec, null));
  return encoder;
}

function* framesOf(planes: readonly Float32Array[], encoder: CodecContext): Generator<Frame> {
  const length = planes[0]?.length ?? 0;
  const step = encoder.frameSize || 1024;
  for (let from = 0; from < length; from += step) {
    const samples = Math.min(step, length - from);
    const frame = new Frame();
    frame.alloc();
    frame.format = encoder.sampleFormat;
    frame.sampleRate = encoder.sampleRate;
    frame.channelLayout = encoder.channelLayout;
    frame.nbSamples = samples;
    frame.pts = BigInt(from);
    check(frame.getBuffer(1));
    const part = planes.map((plane) => plane.subarray(from, from + samples));
    check(
      frame.fromBuffer(
        encoder.sampleFormat === AV_SAMPLE_FMT_S16 ? interleaved(part) : planar(part),
      ),
    );
    yield frame;
    frame.free();
  }
}

function planar(planes: readonly Float32Array[]): Buffer {
  return Buffer.concat(
    planes.map((plane) => Buffer.from(plane.buffer, plane.byteOffset, plane.byteLength)),
  );
}

function interleaved(planes: readonly Float32Array[]): Buffer {
  const pcm = new Int16Array(planes.length * (planes[0]?.length ?? 0));
  planes.forEach((plane, channel) => {
    plane.forEach((sample, at) => {
      pcm[at * planes.length + channel] = Math.round(sample * 32_767);
    });
  });
  return Buffer.from(pcm.buffer);
}

function check(status: number): void {
  FFmpegError.throwIfError(status);
}
