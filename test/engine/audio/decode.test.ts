import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAudio } from '#engine/audio/decode.ts';
import { makeWav, quantise } from '../../support/make-wav.ts';
import type { SampleFormat } from '../../support/make-wav.ts';
import {
  clip,
  clipSamples,
  decode,
  decodeMono,
  fixture,
  lateness,
  temporaryFolder,
} from './support.ts';

const folder = temporaryFolder();

function sine(samples: number, cyclesPerSample: number, amplitude = 0.5): Float32Array {
  return Float32Array.from(
    { length: samples },
    (_, index) => amplitude * Math.sin(2 * Math.PI * cyclesPerSample * index),
  );
}

describe('wav', () => {
  const formats: readonly SampleFormat[] = ['u8', 's16', 's24', 's32', 'f32', 'f64'];

  it('is decoded to the sample, whatever the sample format, rate and number of channels', async () => {
    const shape = fc.record({
      format: fc.constantFrom(...formats),
      sampleRate: fc.constantFrom(8000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000),
      channels: fc.constantFrom(1, 2, 3, 6, 7, 8),
      samples: fc.integer({ min: 1, max: 3000 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ format, sampleRate, channels, samples, seed }) => {
        const planes = Array.from({ length: channels }, (_, channel) =>
          Float32Array.from({ length: samples }, (_, at) => Math.sin(seed * (channel + 1) * at)),
        );
        const path = await folder.write('any.wav', makeWav(planes, { format, sampleRate }));
        const decoded = await decode(path);
        const wanted = planes.map((plane) => plane.map((sample) => quantise(sample, format)));
        expect(decoded.format).toMatchObject({ container: 'wav', sampleRate, channels });
        expect(decoded.format.declaredSeconds).toBeCloseTo(samples / sampleRate, 9);
        expect(decoded.planes).toEqual(wanted);
        expect(decoded.report).toMatchObject({ samples, decodeErrors: 0, damaged: false });
      }),
      { numRuns: 60 },
    );
  });

  it('may hold chunks of all kinds around the sound', async () => {
    const [odd, even] = [new Uint8Array(4045), new Uint8Array(602)];
    const bytes = makeWav([sine(5000, 0.01)], {
      format: 's16',
      sampleRate: 48_000,
      before: [
        ['FLLR', even],
        ['bext', odd],
      ],
      after: [
        ['LIST', odd],
        ['_PMX', even],
      ],
    });
    const { planes, report } = await decode(await folder.write('chunks.wav', bytes));
    expect(planes).toEqual([sine(5000, 0.01).map((sample) => quantise(sample, 's16'))]);
    expect(report.damaged).toBe(false);
  });

  it.each([0, 0xffff_ffff])(
    'whose recorder left its length at %i is read to its end',
    async (claim) => {
      const bytes = makeWav([sine(5000, 0.01)], {
        ...{ format: 's16', sampleRate: 16_000 },
        claimed: { dataBytes: claim },
      });
      const { format, report } = await decode(await folder.write('open-end.wav', bytes));
      expect(format.declaredSeconds).toBeNull();
      expect(report).toMatchObject({ samples: 5000, damaged: false });
    },
  );

  it('of two tenths of a second or of silence is sound like any other', async () => {
    const short = makeWav([sine(3200, 0.02)], { format: 's16', sampleRate: 16_000 });
    expect((await decode(await folder.write('short.wav', short))).report.samples).toBe(3200);
    const silent = makeWav([new Float32Array(16_000)], { format: 's16', sampleRate: 16_000 });
    const { planes, report } = await decode(await folder.write('silent.wav', silent));
    expect(planes).toEqual([new Float32Array(16_000)]);
    expect(report.damaged).toBe(false);
  });
});

describe('every format', () => {
  const exact = { late: 0, samples: 1 };
  const cases = [
    ['speech.flac', 'flac', 'flac', 16_000, 1, exact],
    ['speech-alac.m4a', 'mp4', 'alac', 16_000, 1, exact],
    ['speech-cbr.mp3', 'mp3', 'mp3', 16_000, 1, exact],
    ['speech-vbr.mp3', 'mp3', 'mp3', 44_100, 2, exact],
    ['speech-vorbis.ogg', 'ogg', 'vorbis', 16_000, 1, exact],
    ['speech-opus.opus', 'ogg', 'opus', 48_000, 1, exact],
    ['speech-opus.webm', 'webm', 'opus', 48_000, 1, exact],
    ['speech-aac.m4a', 'mp4', 'aac', 44_100, 2, { late: 0, samples: 372 }],
    ['speech-and-picture.mp4', 'mp4', 'aac', 16_000, 1, { late: 0, samples: 1024 }],
    // Without a tag nothing tells what the encoder put before the sound: a constant shift, no drift.
    ['speech-cbr-untagged.mp3', 'mp3', 'mp3', 16_000, 1, { late: 1105, samples: 1800 }],
    ['speech-vbr-untagged.mp3', 'mp3', 'mp3', 44_100, 2, { late: 401, samples: 1800 }],
    ['speech-adts.aac', 'aac', 'aac', 16_000, 1, { late: 1024, samples: 1800 }],
  ] as const;

  it.each(cases)(
    '%s starts where a player starts and ends where it ends',
    async (name, container, codec, sampleRate, channels, tolerated) => {
      const { format, report } = await decode(fixture(name));
      expect(format).toMatchObject({ container, codec, sampleRate, channels });
      expect(report).toMatchObject({ decodeErrors: 0, damaged: false });

      const [heard, reference] = [await decodeMono(fixture(name)), await decodeMono(clip)];
      expect(reference).toHaveLength(clipSamples);
      expect(Math.abs(heard.length - clipSamples)).toBeLessThanOrEqual(tolerated.samples);
      for (const centre of [6000, 12_000, 20_000]) {
        const found = lateness(heard, reference, { centre, width: 4000, reach: 1200 });
        expect(Math.abs(found.late - tolerated.late)).toBeLessThanOrEqual(1);
        expect(found.likeness).toBeGreaterThan(0.9);
      }
    },
  );

  it('is known by its content, not by its name', async () => {
    const path = await folder.write('really-an.mp3', await readFile(fixture('speech-vorbis.ogg')));
    expect((await openAudio(path)).format.container).toBe('ogg');
  });

  it('can be read again from the same source', async () => {
    const source = await openAudio(fixture('speech-cbr.mp3'));
    const lengths = [];
    for (let pass = 0; pass < 2; pass += 1) {
      let samples = 0;
      for await (const [plane] of source.read()) samples += plane?.length ?? 0;
      lengths.push(samples);
    }
    expect(lengths).toEqual([clipSamples, clipSamples]);
  });
});

describe('reading as mono at another rate', () => {
  it('takes the mean of the channels', async () => {
    const planes = [sine(9000, 0.01, 0.8), sine(9000, 0.013, 0.4), new Float32Array(9000)];
    const path = await folder.write(
      'three.wav',
      makeWav(planes, { format: 'f32', sampleRate: 16_000 }),
    );
    const { planes: mixed } = await decode(path, { mono: true });
    const [a, b] = planes;
    expect(mixed).toHaveLength(1);
    mixed[0]?.forEach((sample, at) => {
      expect(sample).toBeCloseTo(((a?.[at] ?? 0) + (b?.[at] ?? 0)) / 3, 6);
    });
  });

  it.each([8000, 22_050, 44_100, 48_000, 96_000])(
    'keeps time and level from %i Hz',
    async (rate) => {
      const path = await folder.write(
        'tone.wav',
        makeWav([sine(rate, 1000 / rate)], { format: 'f32', sampleRate: rate }),
      );
      const heard = await decodeMono(path);
      expect(Math.abs(heard.length - 16_000)).toBeLessThanOrEqual(1);
      const wanted = sine(16_000, 1000 / 16_000);
      const middle = heard.subarray(1000, 15_000);
      const worst = middle.reduce(
        (most, sample, at) => Math.max(most, Math.abs(sample - (wanted[at + 1000] ?? 0))),
        0,
      );
      expect(worst).toBeLessThan(1e-3);
    },
  );

  it('lets nothing from above half the rate through', async () => {
    const path = await folder.write(
      'high.wav',
      makeWav([sine(48_000, 10_000 / 48_000)], { format: 'f32', sampleRate: 48_000 }),
    );
    const heard = (await decodeMono(path)).subarray(1000, 15_000);
    expect(heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(1e-4);
  });
});

describe('a long reading', () => {
  const minutes = 5;
  const long = () =>
    folder.write(
      'long.wav',
      makeWav([new Float32Array(minutes * 60 * 16_000)], { format: 'f32', sampleRate: 16_000 }),
    );

  it('lets others have their turn, so that it can be stopped', async () => {
    const stop = new AbortController();
    const source = await openAudio(await long(), { signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 0);
    const reading = source.read();
    const read = async (): Promise<void> => {
      for await (const [plane] of reading) expect(plane).toBeDefined();
    };
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
    expect(reading.fraction()).toBeLessThan(1);
    expect(() => reading.report()).toThrow();
  });

  it('does not begin when it is stopped already', async () => {
    const signal = AbortSignal.abort();
    await expect(openAudio(clip, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says how far it is', async () => {
    const reading = (await openAudio(await long())).read();
    let last = 0;
    for await (const chunk of reading) {
      expect(chunk).toHaveLength(1);
      expect(reading.fraction()).toBeGreaterThanOrEqual(last);
      last = reading.fraction();
    }
    expect(last).toBeGreaterThan(0.9);
    expect(reading.fraction()).toBe(1);
  });
});
