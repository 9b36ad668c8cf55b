import type { Packet } from 'node-av/lib';
import type { Container } from './containers.ts';

/** Counts packets that could not be decoded, and says how much time went with them. */
export interface PacketErrors {
  failed(packet: Packet): void;
  decoded(packet: Packet, samples: number): void;
  /** All that count as damage; call it when nothing more comes. */
  count(): number;
  /** Samples by which the timestamps of the demuxer are behind the truth by now. */
  lateBy(): number;
}

export function createPacketErrors(container: Container): PacketErrors {
  if (container === 'mp3' || container === 'aac') return createRawStreamErrors();
  let errors = 0;
  return {
    failed: () => void (errors += 1),
    decoded: () => undefined,
    count: () => errors,
    // Every packet carries its time.
    lateBy: () => 0,
  };
}

/**
 * Mp3 and adts files are frames in a row without timestamps; FFmpeg counts frames. A stretch of rubbish comes out
 * as one packet, counted as one frame however long it is, so its time is estimated from its bytes: frames of one
 * recording are of similar size (exactly so at a constant bit rate). Rubbish in adts of which FFmpeg makes no packet
 * is beyond that: the file counts as damaged, and what follows moves up.
 *
 * What follows the last frame is no damage unless it begins as a frame does: tags of many kinds are put there.
 */
function createRawStreamErrors(): PacketErrors {
  const good = { packets: 0, bytes: 0, samplesEach: 0 };
  let [errors, lateBy] = [0, 0];
  /** What failed since the last good packet. */
  let failed = { packets: 0, beginningAsFrame: 0, bytes: 0 };

  return {
    failed(packet) {
      failed = {
        packets: failed.packets + 1,
        beginningAsFrame: failed.beginningAsFrame + (beginsAsFrame(packet.data) ? 1 : 0),
        bytes: failed.bytes + packet.size,
      };
    },
    decoded(packet, samples) {
      if (failed.packets > 0 && good.packets > 0) {
        const lostFrames = Math.round((failed.bytes * good.packets) / good.bytes);
        lateBy += Math.max(0, lostFrames - failed.packets) * good.samplesEach;
      }
      errors += failed.packets;
      failed = { packets: 0, beginningAsFrame: 0, bytes: 0 };
      good.packets += 1;
      good.bytes += packet.size;
      good.samplesEach = Math.max(good.samplesEach, samples);
    },
    count: () => errors + failed.beginningAsFrame,
    lateBy: () => lateBy,
  };
}

/** Mpeg audio and adts frames begin with eleven set bits. */
function beginsAsFrame(data: Uint8Array | null): boolean {
  const [first = 0, second = 0] = data ?? [];
  return first === 0xff && (second & 0xe0) === 0xe0;
}
