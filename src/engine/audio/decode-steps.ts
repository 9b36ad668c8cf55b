import { AVERROR_EOF } from 'node-av/constants';
import { Packet } from 'node-av/lib';
import { createFrameDecoder } from './frame-decoder.ts';
import type { DecodedFrame, FrameDecoder } from './frame-decoder.ts';
import { closeInput } from './open-input.ts';
import type { Input } from './open-input.ts';
import { createPacketErrors } from './packet-errors.ts';
import type { PacketErrors } from './packet-errors.ts';

/** What one packet came to: frames, or nothing. */
export interface DecodeStep {
  readonly frames: readonly DecodedFrame[];
  /** Byte of the file that the packet came from, negative where unknown. */
  readonly position: number;
  /** Packets and reads that failed so far. */
  readonly errors: number;
}

/** A file of which the demuxer makes nothing this many times running is given up; the rest counts as lost. */
const mostFailedReads = 100;

/**
 * Decodes an opened input packet by packet, and closes it at the end. A step may bring no frame at all, so that
 * whoever pulls can breathe between any two packets.
 */
export function* decodeSteps(path: string, input: Input): Generator<DecodeStep, void, undefined> {
  const { demuxer, stream } = input;
  const packet = new Packet();
  const errors = createPacketErrors(input.container);
  let decoder: FrameDecoder | null = null;
  let failedReads = 0;
  const step = (frames: readonly DecodedFrame[], position: number): DecodeStep => ({
    ...{ frames, position },
    errors: failedReads + errors.count(),
  });
  try {
    packet.alloc();
    decoder = createFrameDecoder(path, input);
    for (let running = 0; running < mostFailedReads;) {
      const status = demuxer.readFrameSync(packet);
      if (status === AVERROR_EOF) break;
      running = status < 0 ? running + 1 : 0;
      if (status < 0) failedReads += 1;
      const ours = status >= 0 && packet.streamIndex === stream.index;
      yield step(ours ? decodePacket(packet, decoder, errors) : [], ours ? Number(packet.pos) : -1);
      packet.unref();
    }
    yield step(delayed(decoder.decode(null).frames, errors), -1);
  } finally {
    decoder?.free();
    packet.free();
    closeInput(input);
  }
}

function decodePacket(
  packet: Packet,
  decoder: FrameDecoder,
  errors: PacketErrors,
): readonly DecodedFrame[] {
  const { frames, failed } = decoder.decode(packet);
  if (failed) errors.failed(packet);
  else if (frames[0] !== undefined) errors.decoded(packet, frames[0].samples);
  return delayed(frames, errors);
}

function delayed(frames: readonly DecodedFrame[], errors: PacketErrors): readonly DecodedFrame[] {
  const lateBy = errors.lateBy();
  if (lateBy === 0) return frames;
  return frames.map((frame) =>
    frame.start === null ? frame : { ...frame, start: frame.start + lateBy },
  );
}
