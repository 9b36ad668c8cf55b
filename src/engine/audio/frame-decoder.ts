import { constants } from 'node:os';
import { AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Frame } from 'node-av/lib';
import type { Packet } from 'node-av/lib';
import { UndertoneError } from '#shared/contract/errors.ts';
import { createFrameConverter } from './frame-converter.ts';
import type { Planes } from './frame-converter.ts';
import { secondsOf } from './open-input.ts';
import type { Input } from './open-input.ts';

export interface DecodedFrame {
  /** Where the frame starts, in samples since the start of the stream; null where the file does not say. */
  readonly start: number | null;
  readonly planes: Planes;
  readonly samples: number;
}

export interface FrameDecoder {
  /**
   * Decodes one packet; null takes out what the decoder still holds at the end. The frames' samples are good until the
   * next packet is decoded.
   */
  decode(packet: Packet | null): {
    readonly frames: readonly DecodedFrame[];
    readonly failed: boolean;
  };
  /** Forgets what came before: the next packet is from somewhere else in the file. */
  restart(): void;
  free(): void;
}

const again = -constants.errno.EAGAIN;

/**
 * The decoder of an input's audio stream. Only synchronous calls of node-av: its asynchronous ones cost a thread
 * hop a packet (3 to 8 times slower), and its high-level API loses what it writes under Electron's memory cage.
 */
export function createFrameDecoder(path: string, input: Input): FrameDecoder {
  const decoder = openDecoder(path, input);
  const frame = new Frame();
  frame.alloc();
  const converter = createFrameConverter(input.sampleRate, input.channels);
  const { stream, sampleRate, container } = input;
  // A wav does not say when it begins, and each of its packets is stamped by where it is in the file.
  let origin = secondsOf(stream.startTime, stream) ?? (container === 'wav' ? 0 : null);

  function takeFrame(isFirst: boolean): DecodedFrame | null {
    const at = secondsOf(frame.pts, stream);
    origin ??= at;
    const start = at === null || origin === null ? null : Math.round((at - origin) * sampleRate);
    const planes = converter.convert(frame, isFirst);
    frame.unref();
    return planes && { start, planes, samples: planes[0]?.length ?? 0 };
  }

  return {
    decode(packet) {
      const sent = decoder.sendPacketSync(packet);
      const frames: DecodedFrame[] = [];
      let misshapen = 0;
      let status = decoder.receiveFrameSync(frame);
      for (; status >= 0; status = decoder.receiveFrameSync(frame)) {
        const taken = takeFrame(frames.length === 0);
        if (taken) frames.push(taken);
        else misshapen += 1;
      }
      return { frames, failed: misshapen > 0 || isFailure(sent) || isFailure(status) };
    },
    restart() {
      decoder.flushBuffers();
    },
    free() {
      converter.free();
      frame.free();
      decoder.freeContext();
    },
  };
}

function isFailure(status: number): boolean {
  return status < 0 && status !== again && status !== AVERROR_EOF;
}

function openDecoder(path: string, { stream, codec }: Input): CodecContext {
  const coder = Codec.findDecoder(stream.codecpar.codecId);
  if (coder === null) {
    throw new UndertoneError('not-audio', { subject: path, detail: `unknown codec ${codec}` });
  }
  const decoder = new CodecContext();
  decoder.allocContext3(coder);
  decoder.parametersToContext(stream.codecpar);
  decoder.pktTimebase = stream.timeBase;
  decoder.threadCount = 1;
  // A flac frame with a wrong checksum decodes to loud noise; without this it would be taken as it is.
  if (codec === 'flac') decoder.setOption('err_detect', 'crccheck+explode');
  const opened = decoder.open2Sync(coder, null);
  if (opened >= 0) return decoder;
  decoder.freeContext();
  throw new UndertoneError('audio-damaged', { subject: path, detail: `a broken ${codec} header` });
}
