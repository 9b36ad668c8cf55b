import { describe, expect, it } from 'vitest';
import { realFft } from '#engine/features/fft.ts';

const noise = Float32Array.from({ length: 512 }, (_, index) => Math.sin(index * index * 0.37));

/** The definition, in double precision. */
function discreteFourier(samples: Float32Array, bin: number): readonly [number, number] {
  let real = 0;
  let imaginary = 0;
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * bin * index) / samples.length;
    real += sample * Math.cos(angle);
    imaginary -= sample * Math.sin(angle);
  });
  return [real, imaginary];
}

describe.each(['simd', 'plain'] as const)('the %s build of PFFFT', (build) => {
  it('transforms as the definition says', async () => {
    const fft = await realFft(512, build);
    fft.time.set(noise);
    fft.forward();
    expect(fft.spectrum[0]).toBeCloseTo(discreteFourier(noise, 0)[0], 3);
    expect(fft.spectrum[1]).toBeCloseTo(discreteFourier(noise, 256)[0], 3);
    for (let bin = 1; bin < 256; bin += 1) {
      const [real, imaginary] = discreteFourier(noise, bin);
      expect(fft.spectrum[2 * bin]).toBeCloseTo(real, 3);
      expect(fft.spectrum[2 * bin + 1]).toBeCloseTo(imaginary, 3);
    }
  });

  it('gives the samples back, times the size', async () => {
    const fft = await realFft(512, build);
    fft.time.set(noise);
    fft.forward();
    fft.time.fill(0);
    fft.inverse();
    noise.forEach((sample, index) => {
      expect((fft.time[index] ?? NaN) / 512).toBeCloseTo(sample, 5);
    });
  });
});
