import { framesInChunk, spectrumFrame } from './graph.ts';

/** Samples at 16 kHz that the model judges at a time (32 ms), and of what came before that it sees with them (4 ms). */
export const sileroChunk = 512;
export const sileroContext = 64;

const hop = spectrumFrame / 2;
/** Where the last frame of a chunk has no more samples, it goes on with the chunk's own, mirrored. */
const mirrored = (framesInChunk - 1) * hop + spectrumFrame - sileroContext - sileroChunk;

/**
 * The frames of the chunks `[from, to)`, four rows of 256 a chunk.
 *
 * @param sound a chunk's context, then whole chunks: the context of each other chunk is what lies before it
 * @param gain that all samples are multiplied by
 */
export function gatherFrames(
  sound: Float32Array,
  from: number,
  to: number,
  gain: number,
): Float32Array {
  const frames = new Float32Array((to - from) * framesInChunk * spectrumFrame);
  for (let chunk = from; chunk < to; chunk += 1) {
    const start = chunk * sileroChunk;
    const end = start + sileroContext + sileroChunk;
    let at = (chunk - from) * framesInChunk * spectrumFrame;
    for (let frame = 0; frame < framesInChunk; frame += 1) {
      const first = start + frame * hop;
      frames.set(sound.subarray(first, Math.min(end, first + spectrumFrame)), at);
      at += spectrumFrame;
    }
    for (let back = 0; back < mirrored; back += 1) {
      frames[at - mirrored + back] = sound[end - 2 - back] ?? 0;
    }
  }
  for (let at = 0; at < frames.length; at += 1) frames[at] = (frames[at] ?? 0) * gain;
  return frames;
}
