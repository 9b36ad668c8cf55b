import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { prepareAudio } from '#engine/audio/canonical.ts';
import { openAudio } from '#engine/audio/decode.ts';
import { skim } from '#engine/audio/skim.ts';
import type { Sketch } from '#shared/domain/peaks.ts';
import { fixture, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const seconds = 400;
const sampleRate = 8000;

/** A sound whose level rises from nothing to full scale, as an AIFF file, which is no canonical sound by itself. */
function risingAiff(): Buffer {
  const samples = seconds * sampleRate;
  const header = Buffer.alloc(54);
  header.write('FORM', 0, 'latin1');
  header.writeUInt32BE(46 + 2 * samples, 4);
  header.write('AIFFCOMM', 8, 'latin1');
  header.writeUInt32BE(18, 16);
  header.writeUInt16BE(1, 20);
  header.writeUInt32BE(samples, 22);
  header.writeUInt16BE(16, 26);
  // 8000 as an 80-bit float: 1.953125 times 2 to the power of 12.
  Buffer.from([0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0]).copy(header, 28);
  header.write('SSND', 38, 'latin1');
  header.writeUInt32BE(8 + 2 * samples, 42);
  const sound = Buffer.alloc(2 * samples);
  for (let at = 0; at < samples; at += 1) {
    const level = (at / samples) * 32_767;
    sound.writeInt16BE(Math.round(at % 2 === 0 ? level : -level), 2 * at);
  }
  return Buffer.concat([header, sound]);
}

describe('skimming', () => {
  it('shows the outline of all of a long recording before any of it has been read', async () => {
    const path = await folder.write('rising.aiff', risingAiff());
    const sketches: Sketch[] = [];
    await prepareAudio(path, folder.path('cache'), {
      onReading: (sketcher) => {
        sketches.push(sketcher());
      },
    });
    const [{ sound, peaks } = { sound: null, peaks: null }] = sketches;
    expect(sound?.samples).toBe(seconds * sampleRate);
    const blocks = peaks?.maxima.length ?? 0;
    expect(blocks).toBeGreaterThan(1000);
    peaks?.maxima.forEach((high, block) => {
      expect(Math.abs(high - block / blocks)).toBeLessThan(0.01);
      expect(Math.abs((peaks.minima[block] ?? 0) + block / blocks)).toBeLessThan(0.01);
    });
  });

  it('hears an mp3 of many parts everywhere', async () => {
    const part = await readFile(fixture('speech-cbr-untagged.mp3'));
    const whole = await folder.write(
      'many.mp3',
      Buffer.concat(Array.from({ length: 200 }, () => part)),
    );
    const { format } = await openAudio(whole);
    const peaks = await skim(whole, { ...format, declaredSeconds: 312 }, undefined);
    const heard = peaks?.maxima.filter((high) => high > 0.01).length ?? 0;
    expect(heard).toBeGreaterThan(700);
    expect(peaks?.maxima.every((high) => high >= 0 && high <= 1)).toBe(true);
  });

  it('leaves short recordings, and those that do not say how long they are, to be read', async () => {
    for (const name of ['speech-cbr.mp3', 'speech-cbr-untagged.mp3']) {
      const { format } = await openAudio(fixture(name));
      expect(await skim(fixture(name), format, undefined)).toBeNull();
    }
  });

  it('stops when it is told to', async () => {
    const path = await folder.write('stopped.aiff', risingAiff());
    const { format } = await openAudio(path);
    const reason = new Error('enough');
    await expect(skim(path, format, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
