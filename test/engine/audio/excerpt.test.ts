import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareAudio } from '#engine/audio/canonical.ts';
import { readExcerpt } from '#engine/audio/excerpt.ts';
import { makeWav } from '../../support/make-wav.ts';
import { clip, clipSamples, decode, fixture, temporaryFolder } from './support.ts';

const folder = temporaryFolder();

const noise = (samples: number): Float32Array =>
  Float32Array.from({ length: samples }, (_, at) => 0.7 * Math.sin(at * at));

/** Places in it are sought, and none is on a border of packets. */
async function longWav(): Promise<string> {
  const seconds = 20;
  const planes = [noise(44_100 * seconds), noise(44_100 * seconds + 1).subarray(1)];
  return folder.write('long.wav', makeWav(planes, { format: 's24', sampleRate: 44_100 }));
}

async function canonicalOf(name: string): Promise<string> {
  return (await prepareAudio(fixture(name), folder.path('cache'))).canonicalPath;
}

describe('an excerpt', () => {
  it.each([
    ['a wav', () => Promise.resolve(clip)],
    ['a flac', () => Promise.resolve(fixture('speech.flac'))],
    ['the flac of an mp3', () => canonicalOf('speech-vbr.mp3')],
    ['a wav in stereo', longWav],
  ])('of %s has its very samples, from the first to the last', async (_, find) => {
    const path = await find();
    const whole = await decode(path);
    const samples = whole.planes[0]?.length ?? 0;
    const place = fc.integer({ min: 0, max: samples - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 10_000 }), async (start, length) => {
        const end = Math.min(start + length, samples);
        const file = await folder.write('part.wav', await readExcerpt(path, { start, end }));
        const part = await decode(file);
        expect(part.format).toMatchObject({
          sampleRate: whole.format.sampleRate,
          channels: whole.format.channels,
        });
        expect(part.planes).toEqual(whole.planes.map((plane) => plane.subarray(start, end)));
      }),
      { numRuns: 25 },
    );
  });

  it('ends with the recording', async () => {
    const wav = await readExcerpt(clip, { start: clipSamples - 100, end: clipSamples + 100 });
    const part = await decode(await folder.write('end.wav', wav));
    expect(part.report.samples).toBe(100);
  });

  it('is refused where there is nothing of it', async () => {
    const beyond = { start: clipSamples + 10_000, end: clipSamples + 20_000 };
    await expect(readExcerpt(clip, beyond)).rejects.toMatchObject({ code: 'audio-damaged' });
  });
});
