import { readFile, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDescriptors } from '#engine/views/make-descriptors.ts';
import { makeSpectrogram } from '#engine/views/make-spectrogram.ts';
import { extractFeatures } from '#engine/features/extract.ts';
import { rawLayout } from '#engine/features/layout.ts';
import { defaultFeatureSettings } from '#engine/features/settings.ts';
import { frequencyAt, placeOf } from '#shared/domain/frequency-scale.ts';
import { decibelsOfByte, viewFiles } from '#shared/domain/views.ts';
import { makeWav } from '../../support/make-wav.ts';
import { clip, decodeMono, temporaryFolder } from '../audio/support.ts';

const folder = temporaryFolder();
const rate = 16_000;

function context(signal = new AbortController().signal): {
  readonly signal: AbortSignal;
  readonly report: (progress: { readonly fraction: number }) => void;
  readonly told: number[];
} {
  const told: number[] = [];
  return { signal, told, report: ({ fraction }) => told.push(fraction) };
}

/** Silence, then a sine of half of full scale from the second on that is given. */
function tone(hertz: number, seconds: number, from = 0): Buffer {
  const samples = Float32Array.from({ length: seconds * rate }, (_, at) =>
    at < from * rate ? 0 : 0.5 * Math.sin((2 * Math.PI * hertz * at) / rate),
  );
  return makeWav([samples], { format: 's16', sampleRate: rate });
}

async function level(base: string, which: number, rows: number): Promise<readonly Uint8Array[]> {
  const bytes = await readFile(base + viewFiles.spectrogramLevel(which));
  return Array.from({ length: bytes.length / rows }, (_, at) =>
    bytes.subarray(at * rows, (at + 1) * rows),
  );
}

describe('a spectrogram', () => {
  it.each([120, 440, 1000, 3500])(
    'shows a tone of %i Hz where and as strong as it is',
    async (hertz) => {
      const path = await folder.write(`${hertz}.wav`, tone(hertz, 2));
      const base = folder.path(`tone-${hertz}`);
      const { rows } = await makeSpectrogram({ path, base }, context());
      const column = (await level(base, 0, rows))[100] ?? new Uint8Array();
      const strongest = column.reduce(
        (best, byte, row) => (byte > (column[best] ?? 0) ? row : best),
        0,
      );
      const place = (strongest + 0.5) / rows;
      expect(Math.abs(frequencyAt(place) - hertz)).toBeLessThan(Math.max(20, 0.04 * hertz));
      expect(decibelsOfByte(column[strongest] ?? 0)).toBeGreaterThan(-6 - 6);
      expect(decibelsOfByte(column[strongest] ?? 0)).toBeLessThan(-6 + 1);
      // An octave above there is nothing but what the window lets through.
      const above = column[Math.round(placeOf(2 * hertz) * rows)] ?? 0;
      expect(decibelsOfByte(above)).toBeLessThan(-50);
    },
  );

  it('shows when something begins, in every level', async () => {
    const path = await folder.write('late.wav', tone(1000, 20, 10));
    const base = folder.path('late');
    const { rows, columns, columnSeconds } = await makeSpectrogram({ path, base }, context());
    expect(columnSeconds).toBe(0.01);
    const row = Math.floor(placeOf(1000) * rows);
    for (const [which, length] of columns.entries()) {
      const all = await level(base, which, rows);
      expect(all).toHaveLength(length);
      const seconds = columnSeconds * 4 ** which;
      const first = all.findIndex((column) => decibelsOfByte(column[row] ?? 0) > -30);
      // A frame is 32 ms, and a column of many that are half silent may pass for silence.
      expect(Math.abs(first * seconds - 10)).toBeLessThanOrEqual(0.02 + seconds);
    }
    expect(columns[0]).toBe(1998);
    expect(columns.slice(1)).toEqual([500, 125, 32, 8, 2]);
  });

  it('of silence and of next to nothing is black', async () => {
    for (const [name, samples] of Object.entries({ silence: 16_000, short: 40 })) {
      const bytes = makeWav([new Float32Array(samples)], { format: 's16', sampleRate: rate });
      const path = await folder.write(`${name}.wav`, bytes);
      const base = folder.path(name);
      const { rows, loudest } = await makeSpectrogram({ path, base }, context());
      const all = await level(base, 0, rows);
      expect(all.length).toBeGreaterThan(0);
      expect(all.every((column) => column.every((byte) => byte === 0))).toBe(true);
      expect(loudest).toBe(0);
    }
  });

  it('stops at once and leaves nothing behind when it is cancelled', async () => {
    const path = await folder.write('long.wav', tone(440, 60));
    const base = folder.path('cancelled');
    const controller = new AbortController();
    const made = makeSpectrogram(
      { path, base },
      {
        signal: controller.signal,
        report: () => {
          controller.abort();
        },
      },
    );
    await expect(made).rejects.toThrow();
    const left = (await readdir(dirname(base))).filter((name) => name.startsWith('cancelled'));
    expect(left).toEqual([]);
  });

  it('tells how far it is', async () => {
    const about = context();
    await makeSpectrogram({ path: folder.path('long.wav'), base: folder.path('told') }, about);
    expect(about.told.length).toBeGreaterThan(10);
    expect(about.told).toEqual(about.told.toSorted((a, b) => a - b));
  });
});

describe('descriptors', () => {
  it('are the numbers that features are made of', async () => {
    const base = folder.path('clip');
    const grid = await makeDescriptors({ path: clip, base }, context());
    const settings = {
      ...defaultFeatureSettings,
      descriptors: ['spectralCentroid', 'loudness'],
      pitch: true,
    } as const;
    const raw = await extractFeatures(await decodeMono(clip), settings);
    const { descriptorsAt, pitchAt } = rawLayout(settings);
    expect(grid).toEqual({ version: 1, firstSeconds: 0.021, hopSeconds: 0.02, values: raw.rows });
    const expected = {
      spectralCentroid: descriptorsAt,
      loudness: descriptorsAt + 1,
      f0: pitchAt,
    } as const;
    for (const id of ['spectralCentroid', 'loudness', 'f0'] as const) {
      const bytes = await readFile(base + viewFiles.descriptor(id));
      const values = new Float32Array(new Uint8Array(bytes).buffer);
      const column = Float32Array.from(
        { length: raw.rows },
        (_, row) => raw.data[row * raw.columns + expected[id]] ?? NaN,
      );
      expect(values).toEqual(column);
    }
  });
});
