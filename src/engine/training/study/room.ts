import { sampleRate } from '#engine/features/frames.ts';
import type { Random } from '../random.ts';

/** Reflections in a second: dense enough to be heard as a room and not as echoes. */
const reflectionsPerSecond = 2000;
/** Direct sound over all reflections, in energy: a speaker two or three metres from the microphone. */
const directShare = 0.5;

/**
 * The sound in a room with a reverberation time (to -60 dB, in seconds): reflections at random times whose
 * strength decays exponentially (Moorer 1979). Length and level stay as they were.
 */
export function addRoom(samples: Float32Array, seconds: number, random: Random): Float32Array {
  const count = Math.round(seconds * reflectionsPerSecond);
  const reflections = Array.from({ length: count }, () => {
    const delay = random.between(0.005, seconds);
    const strength = 10 ** ((-3 * delay) / seconds) * (random.uniform() < 0.5 ? -1 : 1);
    return { delay: Math.round(delay * sampleRate), strength };
  });
  const energy = reflections.reduce((sum, { strength }) => sum + strength ** 2, 0);
  const gain = Math.sqrt((1 - directShare) / energy);
  const wet = samples.map((sample) => sample * Math.sqrt(directShare));
  for (const { delay, strength } of reflections) {
    const factor = gain * strength;
    for (let at = delay; at < wet.length; at += 1) {
      wet[at] = (wet[at] ?? 0) + factor * (samples[at - delay] ?? 0);
    }
  }
  return wet;
}
