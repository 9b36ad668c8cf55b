import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrackFile, writeTrackFile } from '#library/files/track-file.ts';
import type { Track } from '#shared/domain/track.ts';
import { makeFolder } from '../support/test-library.ts';

const origin = { sha256: 'ab12', model: 'model-1', profileId: '' };

const track = fc
  .record({
    labels: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
    cells: fc.nat({ max: 20 }),
    hopSeconds: fc.double({ min: 0.001, max: 10, noNaN: true }),
    windowSeconds: fc.double({ min: 0.001, max: 10, noNaN: true }),
  })
  .chain(({ labels, cells, ...rest }) => {
    const floats = (length: number): fc.Arbitrary<Float32Array> =>
      fc.float32Array({ minLength: length, maxLength: length, noNaN: true });
    return fc.record({
      probabilities: floats(cells * labels.length),
      speech: floats(cells),
      ...Object.fromEntries(
        Object.entries({ labels, cells, ...rest }).map(([key, value]) => [key, fc.constant(value)]),
      ),
    }) as unknown as fc.Arbitrary<Track>;
  });

const small: Track = {
  labels: ['sad', 'happy'],
  hopSeconds: 0.5,
  windowSeconds: 2.5,
  cells: 2,
  probabilities: Float32Array.of(0.25, 0.75, 1, 0),
  speech: Float32Array.of(1, 0.5),
};

describe('a track file', () => {
  it('gives back exactly what was written', async () => {
    const path = join(makeFolder(), 'a.track');
    await fc.assert(
      fc.asyncProperty(track, async (written) => {
        await writeTrackFile(path, written, origin);
        expect(await readTrackFile(path, origin)).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  it('may be a view into a larger buffer', async () => {
    const path = join(makeFolder(), 'a.track');
    const large = Float32Array.of(9, 0.25, 0.75, 1, 0, 9);
    await writeTrackFile(path, { ...small, probabilities: large.subarray(1, 5) }, origin);
    expect(await readTrackFile(path, origin)).toEqual(small);
  });

  it('is none where it is missing, of another sound or of another model', async () => {
    const path = join(makeFolder(), 'a.track');
    expect(await readTrackFile(path, origin)).toBeNull();
    await writeTrackFile(path, small, origin);
    expect(await readTrackFile(path, { ...origin, sha256: 'other' })).toBeNull();
    expect(await readTrackFile(path, { ...origin, model: 'other' })).toBeNull();
    expect(await readTrackFile(path, { ...origin, profileId: 'other' })).toBeNull();
    expect(await readTrackFile(path, origin)).toEqual(small);
  });

  it('is none where any of its bytes has changed, or it was cut off anywhere', async () => {
    const path = join(makeFolder(), 'a.track');
    await writeTrackFile(path, small, origin);
    const bytes = readFileSync(path);
    for (let index = 0; index < bytes.length; index++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(bytes.readUInt8(index) ^ 0x40, index);
      writeFileSync(path, damaged);
      expect(await readTrackFile(path, origin), `byte ${index}`).toBeNull();
      writeFileSync(path, bytes.subarray(0, index));
      expect(await readTrackFile(path, origin), `${index} bytes`).toBeNull();
    }
  });

  it('is not written where it contradicts itself', async () => {
    const path = join(makeFolder(), 'a.track');
    await expect(writeTrackFile(path, { ...small, cells: 3 }, origin)).rejects.toThrow();
    expect(await readTrackFile(path, origin)).toBeNull();
  });
});
