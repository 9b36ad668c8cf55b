import { AVSEEK_FLAG_BACKWARD, AVSEEK_FLAG_BYTE } from 'node-av/constants';
import { Packet } from 'node-av/lib';
import { createPacer } from '#engine/pacer.ts';
import type { Peaks } from '#shared/domain/peaks.ts';
import { checkFile } from './check-file.ts';
import type { AudioFormat } from './decode.ts';
import { createFrameDecoder } from './frame-decoder.ts';
import type { FrameDecoder } from './frame-decoder.ts';
import type { Planes } from './frame-converter.ts';
import { closeInput, openInput, ticksOf } from './open-input.ts';
import type { Input } from './open-input.ts';

/** About as many as a screen has columns. */
const places = 1024;
/** Packets at each place: the first ones refer to what was before them. */
const packetsUnheard = 2;
const packetsHeard = 3;
/** Shorter ones are read about as fast as they are skimmed. */
const shortestSeconds = 300;

/**
 * A first look at a long compressed recording, in well under a second: a tenth of a second is heard at each of a
 * thousand places. Between them lies what was not heard, and where they lie is guessed, from the bytes of a file
 * whose bit rate may change; so it stands for the outline only until that is there.
 *
 * @returns null of recordings that need none, or do not say how long they are
 */
export async function skim(
  path: string,
  { declaredSeconds, sampleRate }: AudioFormat,
  signal: AbortSignal | undefined,
): Promise<Peaks | null> {
  if (declaredSeconds === null || declaredSeconds < shortestSeconds) return null;
  const file = await checkFile(path);
  const input = openInput(path, file);
  const packet = new Packet();
  packet.alloc();
  const decoder = createFrameDecoder(path, input);
  const [minima, maxima] = [new Float32Array(places), new Float32Array(places)];
  const pace = createPacer();
  let heard = silence;
  try {
    for (let place = 0; place < places; place += 1) {
      signal?.throwIfAborted();
      const share = (place + 0.5) / places;
      const found = seek(input, share, { bytes: file.bytes, seconds: declaredSeconds });
      // Where nothing can be heard, at the end and in damaged parts, it is taken to go on as before.
      heard = (found ? listen(input, decoder, packet) : null) ?? heard;
      minima[place] = heard.low;
      maxima[place] = heard.high;
      await pace();
    }
  } finally {
    decoder.free();
    packet.free();
    closeInput(input);
  }
  return { samplesPerBlock: Math.ceil((declaredSeconds * sampleRate) / places), minima, maxima };
}

/** Where a container has no index, FFmpeg would read all that is before a time to find it; any byte will do instead. */
function seek(
  { demuxer, stream, container }: Input,
  share: number,
  whole: { readonly bytes: number; readonly seconds: number },
): boolean {
  if (container === 'mp3' || container === 'aac') {
    const byte = BigInt(Math.floor(share * whole.bytes));
    return demuxer.seekFrameSync(stream.index, byte, AVSEEK_FLAG_BYTE) >= 0;
  }
  const time = ticksOf(share * whole.seconds, stream);
  return demuxer.seekFrameSync(stream.index, time, AVSEEK_FLAG_BACKWARD) >= 0;
}

interface Extremes {
  readonly low: number;
  readonly high: number;
}

/** The extremes of the next packets; null where there is nothing to be decoded. */
function listen(
  { demuxer, stream }: Input,
  decoder: FrameDecoder,
  packet: Packet,
): Extremes | null {
  decoder.restart();
  let extremes: Extremes | null = null;
  for (let count = 0; count < packetsUnheard + packetsHeard;) {
    if (demuxer.readFrameSync(packet) < 0) break;
    if (packet.streamIndex === stream.index) {
      const { frames } = decoder.decode(packet);
      if (count >= packetsUnheard) {
        for (const { planes } of frames) extremes = widen(extremes ?? silence, planes);
      }
      count += 1;
    }
    packet.unref();
  }
  return extremes;
}

const silence: Extremes = { low: 0, high: 0 };

function widen({ low, high }: Extremes, planes: Planes): Extremes {
  for (const plane of planes) {
    for (const sample of plane) {
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
  }
  return { low: Math.max(-1, low), high: Math.min(1, high) };
}

/** An outline of which only the beginning, up to sample `seen`, is there, with what was skimmed of the rest. */
export function completeBySkim(outline: Peaks, seen: number, skimmed: Peaks): Peaks {
  const [minima, maxima] = [outline.minima.slice(), outline.maxima.slice()];
  const first = Math.ceil(seen / outline.samplesPerBlock);
  for (let block = first; block < minima.length; block += 1) {
    const place = Math.floor((block * outline.samplesPerBlock) / skimmed.samplesPerBlock);
    minima[block] = skimmed.minima[place] ?? 0;
    maxima[block] = skimmed.maxima[place] ?? 0;
  }
  return { ...outline, minima, maxima };
}
