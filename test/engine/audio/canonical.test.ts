import { cp, readdir, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareAudio } from '#engine/audio/canonical.ts';
import { openAudio } from '#engine/audio/decode.ts';
import { readPeaks } from '#engine/audio/peaks.ts';
import type { Sketcher } from '#engine/audio/sketches.ts';
import type { Peaks, Sketch } from '#shared/domain/peaks.ts';
import { makeWav } from '../../support/make-wav.ts';
import type { SampleFormat } from '../../support/make-wav.ts';
import { clip, clipSamples, decode, fixture, temporaryFolder } from './support.ts';

const folder = temporaryFolder();

const noise = (samples: number): Float32Array =>
  Float32Array.from({ length: samples }, (_, at) => 0.7 * Math.sin(at * at));

/** Up to where an outline is not flat. */
function seenBlocks({ maxima }: Pick<Peaks, 'maxima'>): number {
  return maxima.findLastIndex((value) => value !== 0) + 1;
}

describe('the canonical sound', () => {
  it.each([clip, fixture('speech.flac')])('of %s is the file itself', async (path) => {
    const prepared = await prepareAudio(path, folder.path('cache'));
    expect(prepared.canonicalPath).toBe(path);
    expect(prepared.sound).toEqual({
      sampleRate: 16_000,
      channels: 1,
      samples: clipSamples,
      damaged: null,
      uncertainStartSeconds: 0,
    });
  });

  it.each<SampleFormat>(['u8', 's16', 's24', 's32', 'f32'])(
    'of a %s wav is the file itself',
    async (format) => {
      const bytes = makeWav([noise(2000), noise(2000)], { format, sampleRate: 96_000 });
      const path = await folder.write(`${format}.wav`, bytes);
      expect((await prepareAudio(path, folder.path('cache'))).canonicalPath).toBe(path);
    },
  );

  it.each([
    'speech-cbr.mp3',
    'speech-vbr.mp3',
    'speech-vbr-untagged.mp3',
    'speech-vorbis.ogg',
    'speech-opus.opus',
    'speech-opus.webm',
    'speech-aac.m4a',
    'speech-alac.m4a',
    'speech-adts.aac',
    'speech-and-picture.mp4',
  ])('of %s is a flac with the very same samples', async (name) => {
    const { canonicalPath, sound, sha256 } = await prepareAudio(
      fixture(name),
      folder.path('cache'),
    );
    expect(canonicalPath).toBe(join(folder.path('cache'), `${sha256}.flac`));
    const [original, proxy] = [await decode(fixture(name)), await decode(canonicalPath)];
    const { sampleRate, channels, uncertainStartSeconds } = original.format;
    expect(proxy.format).toMatchObject({ container: 'flac', sampleRate, channels });
    expect(proxy.report).toMatchObject({ samples: original.report.samples, damaged: false });
    expect(sound).toEqual({
      sampleRate,
      channels,
      samples: original.report.samples,
      damaged: null,
      uncertainStartSeconds,
    });
    original.planes.forEach((plane, channel) => {
      const copy = proxy.planes[channel] ?? new Float32Array(0);
      const rounded = plane.map((sample) =>
        Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
      );
      expect(copy.map((sample) => sample * 32_768)).toEqual(rounded.map((value) => value + 0));
      expect(Math.max(...copy)).toBeGreaterThan(0.1);
    });
  });

  it('of a wav that states no length, or a sample format that browsers do not play, is a flac', async () => {
    const open = makeWav([noise(3000)], {
      format: 's16',
      sampleRate: 16_000,
      claimed: { dataBytes: 0 },
    });
    const double = makeWav([noise(3000)], { format: 'f64', sampleRate: 16_000 });
    for (const bytes of [open, double]) {
      const path = await folder.write('odd.wav', bytes);
      const { canonicalPath, sound } = await prepareAudio(path, folder.path('cache'));
      expect(canonicalPath).toMatch(/\.flac$/);
      expect((await decode(canonicalPath)).report.samples).toBe(3000);
      expect(sound.damaged).toBeNull();
    }
  });

  it.each([
    ['clip.wav', clip],
    ['speech.flac', fixture('speech.flac')],
    ['speech-cbr.mp3', fixture('speech-cbr.mp3')],
  ])('of a cut %s is a whole flac of what is left, and the damage is told', async (name, path) => {
    const bytes = await readFile(path);
    const cut = await folder.write(`cut ${name}`, bytes.subarray(0, bytes.length * 0.6));
    const { canonicalPath, sound } = await prepareAudio(cut, folder.path('cache'));
    expect(sound.damaged?.expectedSeconds).toBeCloseTo(clipSamples / 16_000, 3);
    expect(sound.damaged?.decodedSeconds).toBeLessThan(1.2);
    const { format, report } = await decode(canonicalPath);
    expect(format.declaredSeconds).toBeCloseTo(sound.samples / 16_000, 6);
    expect(report).toMatchObject({ samples: sound.samples, damaged: false });
  });

  it('comes with its outline', async () => {
    const { peaksPath } = await prepareAudio(clip, folder.path('cache'));
    const [samples = new Float32Array(0)] = (await decode(clip)).planes;
    const { samplesPerBlock, minima, maxima } = await readPeaks(peaksPath);
    expect(minima).toHaveLength(Math.ceil(clipSamples / samplesPerBlock));
    maxima.forEach((maximum, block) => {
      const part = samples.subarray(block * samplesPerBlock, (block + 1) * samplesPerBlock);
      expect(maximum).toBeCloseTo(Math.max(...part), 4);
      expect(minima[block]).toBeCloseTo(Math.min(...part), 4);
    });
  });
});

describe('the cache', () => {
  it('keeps that the start is uncertain, which the canonical sound in it does not tell', async () => {
    const cache = folder.path('uncertain');
    for (let time = 0; time < 2; time += 1) {
      const { canonicalPath, sound } = await prepareAudio(fixture('speech-adts.aac'), cache);
      expect(sound.uncertainStartSeconds).toBeGreaterThan(0);
      expect((await openAudio(canonicalPath)).format.uncertainStartSeconds).toBe(0);
    }
  });

  it('is used the second time, by content, and mended where it is broken', async () => {
    const cache = folder.path('warm');
    const first = await prepareAudio(fixture('speech-vbr.mp3'), cache);
    const written = (await stat(first.canonicalPath)).mtimeMs;
    await cp(fixture('speech-vbr.mp3'), folder.path('another name.mp3'));
    expect(await prepareAudio(folder.path('another name.mp3'), cache)).toEqual(first);
    expect((await stat(first.canonicalPath)).mtimeMs).toBe(written);

    await truncate(first.canonicalPath, 1000);
    expect(await prepareAudio(fixture('speech-vbr.mp3'), cache)).toEqual(first);
    expect((await decode(first.canonicalPath)).report.samples).toBe(first.sound.samples);
    await truncate(first.peaksPath, 100);
    await prepareAudio(fixture('speech-vbr.mp3'), cache);
    expect((await readPeaks(first.peaksPath)).minima.length).toBeGreaterThan(100);
  });

  it('names the file that it was asked for, not the one that it saw first', async () => {
    await cp(clip, folder.path('copy.wav'));
    await prepareAudio(clip, folder.path('cache'));
    const { canonicalPath } = await prepareAudio(folder.path('copy.wav'), folder.path('cache'));
    expect(canonicalPath).toBe(folder.path('copy.wav'));
  });

  it('is left clean when the work is stopped half-way', async () => {
    const stop = new AbortController();
    const path = await folder.write(
      'long.wav',
      makeWav([noise(3_000_000)], { format: 'f64', sampleRate: 16_000 }),
    );
    const working = prepareAudio(path, folder.path('stopped'), {
      signal: stop.signal,
      onProgress: (fraction) => {
        if (fraction > 0.5) stop.abort();
      },
    });
    await expect(working).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder.path('stopped'))).toEqual([]);
  });

  it('that cannot be written is named', async () => {
    const blocked = join(await folder.write('a file', ''), 'cache');
    await expect(prepareAudio(fixture('speech-cbr.mp3'), blocked)).rejects.toMatchObject({
      code: 'not-writable',
    });
  });

  it.each([
    ['says its length', 'speech.flac'],
    ['does not say its length', 'speech-adts.aac'],
  ])('can be looked at while it fills: a file that %s', async (_, name) => {
    const sketches: Sketch[] = [];
    let look: Sketcher | undefined;
    const { sound, peaksPath } = await prepareAudio(fixture(name), folder.path(`sketch ${name}`), {
      onReading: (sketcher) => {
        look = sketcher;
        sketches.push(sketcher());
      },
      onProgress: () => sketches.push(...(look ? [look()] : [])),
    });
    const lengths = sketches.map(({ peaks }) => seenBlocks(peaks));
    expect(lengths[0]).toBe(0);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    const last = sketches.at(-1);
    const [seen, whole] = [last?.peaks.maxima ?? [], (await readPeaks(peaksPath)).maxima];
    expect(lengths.some((length) => length > 0 && length < whole.length)).toBe(true);
    expect(seenBlocks(last?.peaks ?? { maxima: whole })).toBeGreaterThan(0.9 * whole.length);
    expect(Math.max(...seen)).toBeCloseTo(Math.max(...whole), 5);
    expect(last?.sound.sampleRate).toBe(sound.sampleRate);
    expect(Math.abs((last?.sound.samples ?? 0) - sound.samples)).toBeLessThan(
      0.05 * sound.sampleRate,
    );
  });

  it('fills with visible progress', async () => {
    const steps: number[] = [];
    await prepareAudio(fixture('speech-vorbis.ogg'), folder.path('progress'), {
      onProgress: (fraction) => steps.push(fraction),
    });
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.at(-1)).toBe(1);
  });
});
