import { describe, expect, it } from 'vitest';
import { clipSpeech } from '#engine/clips/clip-speech.ts';

const rate = 16_000;
const chunk = 512;

/** A second of hiss, a second of something loud, a second of hiss. */
const loudInside = Float32Array.from({ length: 3 * rate }, (_, index) => {
  const isLoud = index >= rate && index < 2 * rate;
  return (isLoud ? 0.5 : 0.001) * Math.sin(index * index);
});
const activity = (samples: Float32Array, probabilityAt: (second: number) => number) => ({
  probabilities: Float32Array.from({ length: Math.ceil(samples.length / chunk) }, (_, index) =>
    probabilityAt((index * chunk) / rate),
  ),
  chunk,
  samples: samples.length,
  sampleRate: rate,
});

describe('the speech of a clip', () => {
  it('is what voice activity detection finds, where it finds most of the loud part', () => {
    const sure = activity(loudInside, (second) => (second > 1.2 && second < 1.9 ? 0.9 : 0));

    const [span, ...others] = clipSpeech(loudInside, sure);

    expect(others).toEqual([]);
    expect(span?.start).toBeGreaterThan(1.1 * rate);
  });

  it.each([
    ['nothing but suspects something', 0.2],
    ['too little', 0.9],
  ])('is the loud part where detection finds %s, as with screams', (_, most) => {
    const unsure = activity(loudInside, (second) => (second > 1.2 && second < 1.6 ? most : 0));

    const [span, ...others] = clipSpeech(loudInside, unsure);

    expect(others).toEqual([]);
    expect(Math.abs((span?.start ?? 0) - rate)).toBeLessThan(chunk);
    expect(Math.abs((span?.end ?? 0) - 2 * rate)).toBeLessThan(chunk);
  });

  it('is nothing where detection suspects nothing, however loud it gets', () => {
    expect(
      clipSpeech(
        loudInside,
        activity(loudInside, () => 0.05),
      ),
    ).toEqual([]);
  });

  it('is nothing in steady noise, in silence and in no sound at all', () => {
    for (const samples of [
      loudInside.slice(rate, 2 * rate),
      new Float32Array(rate),
      new Float32Array(0),
    ]) {
      expect(
        clipSpeech(
          samples,
          activity(samples, () => 0.2),
        ),
      ).toEqual([]);
    }
  });
});
