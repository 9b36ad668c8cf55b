import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { UndertoneError } from '#shared/contract/errors.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';
import { createPacer } from '#engine/pacer.ts';
import { checkFile } from './check-file.ts';
import { decodeSteps } from './decode-steps.ts';
import type { DecodedFrame } from './frame-decoder.ts';
import type { Planes } from './frame-converter.ts';
import { openInput, ticksOf } from './open-input.ts';
import type { Input } from './open-input.ts';
import { toWav } from './wav.ts';

/**
 * A part of a canonical sound as a wav of its own, to the sample: what plays that ends where the part does.
 *
 * @param path of a wav or flac, which tell where each of their packets is
 * @throws UndertoneError as `openAudio` does; audio-damaged where there is nothing of the part
 */
export async function readExcerpt(path: string, span: Span): Promise<Uint8Array> {
  const input = openInput(path, await checkFile(path));
  const { sampleRate, channels } = input;
  const length = spanLength(span);
  const planes = Array.from({ length: channels }, () => new Float32Array(length));
  seek(input, span.start);
  const pace = createPacer();
  let end = 0;
  for (const { frames } of decodeSteps(path, input)) {
    for (const frame of frames) end = Math.max(end, copy(frame, planes, span));
    if (end >= length) break;
    await pace();
  }
  if (end <= 0) throw new UndertoneError('audio-damaged', { subject: path, detail: 'too short' });
  // Players trust a header: what is not there is not to be played as silence.
  const found = planes.map((plane) => plane.subarray(0, end));
  return toWav(found, sampleRate, 'float32');
}

/** Goes to the packet with a sample in it, or to one before: near the end of a flac not every place is found. */
function seek({ demuxer, stream, sampleRate }: Input, sample: number): void {
  for (const place of [sample, sample - sampleRate, 0]) {
    const time = ticksOf(Math.max(0, place) / sampleRate, stream);
    if (demuxer.seekFrameSync(stream.index, time, AVSEEK_FLAG_BACKWARD) >= 0) return;
  }
}

/** @returns the sample of the excerpt that the frame ends before; not more than it has */
function copy({ start, planes, samples }: DecodedFrame, to: Planes, span: Span): number {
  if (start === null) return 0;
  const first = Math.max(start, span.start);
  const end = Math.min(start + samples, span.end);
  if (end <= first) return 0;
  for (const [channel, plane] of to.entries()) {
    const part = planes[channel]?.subarray(first - start, end - start);
    if (part) plane.set(part, first - span.start);
  }
  return end - span.start;
}
