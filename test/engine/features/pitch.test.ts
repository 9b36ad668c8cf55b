import { medianSorted } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { extractFeatures } from '#engine/features/extract.ts';
import { rawLayout } from '#engine/features/layout.ts';
import { pitchColumns } from '#engine/features/pitch/columns.ts';
import { type FeatureSettings, defaultFeatureSettings } from '#engine/features/settings.ts';
import { emodbClips } from '../../support/emodb.ts';
import { harmonicTone, whiteNoise } from '../../support/sound.ts';

const settings: FeatureSettings = { ...defaultFeatureSettings, stride: 1, pitch: true };

interface PitchRow {
  readonly seconds: number;
  /** In Hz; NaN where unvoiced. */
  readonly pitch: number;
  readonly voicing: number;
  readonly hnr: number;
  readonly h1h2: number;
}

async function pitchOf(samples: Float32Array): Promise<readonly PitchRow[]> {
  const { rows, columns, data } = await extractFeatures(samples, settings);
  const { pitchAt } = rawLayout(settings);
  return Array.from({ length: rows }, (_, row) => {
    const at = row * columns + pitchAt;
    const [f0 = NaN, voicing = NaN, hnr = NaN, h1h2 = NaN] = data.subarray(
      at,
      at + pitchColumns.length,
    );
    return {
      seconds: (row * 160 + 256) / 16_000,
      pitch: 27.5 * 2 ** (f0 / 12),
      voicing,
      hnr,
      h1h2,
    };
  });
}

/** Without the frames that reach beyond the sound. */
function inside(rows: readonly PitchRow[]): readonly PitchRow[] {
  return rows.slice(2, -4);
}

describe('pitch', () => {
  it.each([65, 80.3, 101.7, 147.1, 220, 333.3, 467, 590])(
    'of a steady tone of %f Hz is right within two thousandths, whatever its timbre',
    async (pitch) => {
      // From the equal harmonics of a pulse train to those of a soft voice.
      for (const slope of [0, 1, 2]) {
        for (const row of inside(await pitchOf(harmonicTone(() => pitch, 0.5, slope)))) {
          expect(Math.abs(row.pitch / pitch - 1)).toBeLessThan(0.002);
          expect(row.voicing).toBeGreaterThan(0.95);
          expect(row.hnr).toBeGreaterThan(12);
        }
      }
    },
  );

  it('follows a glide of an octave and a half in a second within five thousandths', async () => {
    const pitchAt = (seconds: number) => 100 * 2 ** (1.5 * seconds);
    const rows = inside(await pitchOf(harmonicTone(pitchAt, 1, 1)));
    for (const { pitch, seconds } of rows) {
      expect(Math.abs(pitch / pitchAt(seconds) - 1)).toBeLessThan(0.005);
    }
  });

  it('is absent from noise and from silence', async () => {
    for (const sound of [whiteNoise(32_000), new Float32Array(32_000)]) {
      const rows = await pitchOf(sound);
      expect(rows.every(({ pitch }) => Number.isNaN(pitch))).toBe(true);
    }
    const silent = await pitchOf(new Float32Array(2000));
    expect(silent.every(({ voicing }) => voicing === 0)).toBe(true);
  });

  it('starts and stops with the voice', async () => {
    const sound = whiteNoise(32_000, 0.01);
    harmonicTone(() => 180, 1, 1).forEach((sample, index) => {
      sound[8000 + index] = (sound[8000 + index] ?? 0) + sample;
    });
    for (const { seconds, pitch } of await pitchOf(sound)) {
      // A frame of 50 ms that is half voice may be heard either way.
      if (seconds > 0.53 && seconds < 1.47) expect(pitch).toBeCloseTo(180, 0);
      if (seconds < 0.47 || seconds > 1.53) expect(pitch).toBeNaN();
    }
  });

  it('tells noise in a voice and the tilt of its harmonics', async () => {
    const tone = harmonicTone(() => 180, 0.5, 1);
    const power = (sound: Float32Array) => sound.reduce((sum, sample) => sum + sample ** 2, 0);
    const noise = whiteNoise(tone.length, 1);
    for (const ratio of [5, 10, 20]) {
      const gain = Math.sqrt(power(tone) / power(noise) / 10 ** (ratio / 10));
      const noisy = tone.map((sample, index) => sample + gain * (noise[index] ?? 0));
      const rows = inside(await pitchOf(noisy));
      const hnr = rows.reduce((sum, row) => sum + row.hnr, 0) / rows.length;
      // Noise above 5 kHz, three eighths of it (2 dB), does not count.
      expect(Math.abs(hnr - ratio - 2)).toBeLessThan(1);
    }
    for (const slope of [0, 1, 2]) {
      for (const { h1h2 } of inside(await pitchOf(harmonicTone(() => 180, 0.5, slope)))) {
        expect(Math.abs(h1h2 - slope * 20 * Math.log10(2))).toBeLessThan(1);
      }
    }
  });

  /**
   * Median pitch in Hz by Praat 6.3.07, "To Pitch (ac)" with 10 ms steps between 60 and 600 Hz. Praat takes
   * frames 30 dB below the loudest for unvoiced; ours keep quiet endings, hence the five per cent.
   */
  const byPraat: Readonly<Record<string, number>> = {
    '03a04Fd': 218,
    '08a02Fe': 221,
    '09a02Ea': 259,
    '10b10Wa': 202,
    '11a02Nc': 113,
    '12a07Ac': 152,
    '13a04Wc': 285,
    '14a07Aa': 242,
    '15a01La': 83,
    '16a01Tb': 194,
  };

  it.each(emodbClips())('of real speech is what Praat finds: $name ($voice)', async (clip) => {
    const pitches = (await pitchOf(clip.samples))
      .map(({ pitch }) => pitch)
      .filter((pitch) => !Number.isNaN(pitch))
      .sort((a, b) => a - b);
    expect(pitches.length).toBeGreaterThan(50);
    const praat = byPraat[clip.name] ?? NaN;
    expect(Math.abs(medianSorted(pitches) / praat - 1)).toBeLessThan(0.05);
  });
});
