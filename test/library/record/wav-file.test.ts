import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openAudio } from '#engine/audio/decode.ts';
import { fromPcm, toPcm } from '#library/record/pcm.ts';
import { createWavFile, repairWavFile } from '#library/record/wav-file.ts';
import { headerBytes, wavHeader } from '#library/record/wav-header.ts';
import type { SoundShape } from '#shared/contract/live.ts';
import { join32 } from '#shared/domain/float32.ts';

const folder = mkdtempSync(join(tmpdir(), 'wav-file-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;
const newPath = (): string => join(folder, `${(count += 1)}.wav`);
const stereo: SoundShape = { sampleRate: 44_100, channels: 2 };

/** What a decoder that knows nothing of the writer finds. */
async function decode(path: string): Promise<{ planes: Float32Array[]; damaged: boolean }> {
  const reading = (await openAudio(path)).read();
  const parts: Float32Array[][] = [];
  for await (const planes of reading) planes.forEach((plane, at) => (parts[at] ??= []).push(plane));
  return { planes: parts.map(join32), damaged: reading.report().damaged };
}

function noise(samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, at) => ((at * 7919) % 65_536) - 32_768);
}

describe('a wav file that grows', () => {
  it('can be read after each sync, while it is still open', async () => {
    const path = newPath();
    const file = await createWavFile(path, stereo);
    const samples = noise(2 * 1000);
    for (let at = 0; at < samples.length; at += 400) {
      await file.append(samples.subarray(at, at + 400));
      await file.sync();
      const { planes, damaged } = await decode(path);
      expect(damaged).toBe(false);
      expect(planes.map(({ length }) => length)).toEqual([at / 2 + 200, at / 2 + 200]);
    }
    await file.close();
    const { planes } = await decode(path);
    expect(planes[1]).toEqual(fromPcm(samples.filter((_, at) => at % 2 === 1)));
  });

  it('is never written over another one', async () => {
    const path = newPath();
    writeFileSync(path, 'a file of the person');
    await expect(createWavFile(path, stereo)).rejects.toMatchObject({ code: 'not-writable' });
    expect(readFileSync(path, 'utf8')).toBe('a file of the person');
  });

  it('holds all whole frames that are there after a repair, wherever its writer was killed', async () => {
    const whole = newPath();
    const file = await createWavFile(whole, stereo);
    const samples = noise(2 * 500);
    await file.append(samples);
    await file.close();
    const bytes = readFileSync(whole);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length }),
        fc.integer({ min: 0, max: 500 }),
        async (left, claimed) => {
          const path = newPath();
          const header = wavHeader(stereo, claimed).subarray(0, left);
          writeFileSync(path, Buffer.concat([header, bytes.subarray(headerBytes, left)]));
          const frames = await repairWavFile(path);
          expect(frames).toBe(Math.max(0, Math.floor((left - headerBytes) / 4)));
          if (frames === 0) return;
          const { planes, damaged } = await decode(path);
          expect(damaged).toBe(false);
          expect(planes[0]).toEqual(
            fromPcm(samples.filter((_, at) => at % 2 === 0 && at < 2 * frames)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says how long it is beyond four gigabytes', () => {
    const shape = { sampleRate: 48_000, channels: 2 };
    const frames = 12 * 3600 * 48_000;
    const header = wavHeader(shape, frames);
    expect(header).toHaveLength(headerBytes);
    expect(header.toString('latin1', 0, 4)).toBe('RF64');
    expect(header.toString('latin1', 12, 16)).toBe('ds64');
    expect(header.readBigUInt64LE(28)).toBe(BigInt(frames * 4));
  });

  it('is read as RF64 too', async () => {
    const path = newPath();
    const samples = noise(600);
    // A claim of more than is there; readers go by what is there.
    writeFileSync(path, wavHeader({ sampleRate: 16_000, channels: 1 }, 2 ** 31));
    appendFileSync(path, Buffer.from(samples.buffer));
    const { planes } = await decode(path);
    expect(planes[0]).toEqual(fromPcm(samples));
    expect(await repairWavFile(path)).toBe(600);
    expect((await decode(path)).damaged).toBe(false);
  });
});

it('keeps sixteen bits of each sample and clips what is louder than full scale', () => {
  const samples = Float32Array.of(0, 1 / 32_768, -1, 1, -2, 2, 0.5);
  expect([...fromPcm(toPcm(samples))]).toEqual([
    ...[0, 1 / 32_768, -1, 32_767 / 32_768],
    ...[-1, 32_767 / 32_768, 0.5],
  ]);
});
