import { AV_PKT_DATA_SKIP_SAMPLES } from 'node-av/constants';
import { Packet } from 'node-av/lib';
import type { Input } from './open-input.ts';

/**
 * Samples by which encoders and decoders of a codec delay the sound at most; of aac for each 1024 of a frame. Mp3 by
 * Fraunhofer comes 1681 late, by LAME 1105; aac by Nero 2624, by Apple 2112, by Fraunhofer 2048, by FFmpeg 1024; mp2
 * always 481. Other codecs delay nothing, or always say by how much.
 */
const mostDelay: ReadonlyMap<string, number> = new Map([
  ['mp3', 1681],
  ['mp2', 481],
  ['aac', 2624],
]);

/**
 * Seconds by which the sound may begin later than time 0, at most, because the file does not say by how much its encoder
 * delayed it: mp3 without a tag of LAME's kind, aac without a container or in an mp4 without an edit list.
 *
 * Where a file does say so, whatever the way, FFmpeg leaves something of the first packet out. No delay is ever guessed:
 * that would be wrong by as much for every encoder but one.
 *
 * @param input opened just now: its first packet is taken
 * @returns 0 where time 0 is where the sound begins
 */
export function uncertainStartSeconds(input: Input): number {
  const delay = mostDelay.get(input.codec);
  if (delay === undefined || leavesOutItsStart(input)) return 0;
  const { frameSize } = input.stream.codecpar;
  const samples = input.codec === 'aac' ? delay * Math.max(1, frameSize / 1024) : delay;
  return samples / input.sampleRate;
}

function leavesOutItsStart({ demuxer, stream }: Input): boolean {
  const packet = new Packet();
  packet.alloc();
  try {
    while (demuxer.readFrameSync(packet) >= 0) {
      if (packet.streamIndex === stream.index) {
        return (packet.getSideData(AV_PKT_DATA_SKIP_SAMPLES)?.readUInt32LE(0) ?? 0) > 0;
      }
      packet.unref();
    }
    return false;
  } finally {
    packet.free();
  }
}
