import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import { anyMutation, mutate, type Mutation } from '../../support/mutants.ts';
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

const fixtures = [
  'speech.flac',
  'speech-cbr.mp3',
  'speech-vbr.mp3',
  'speech-vorbis.ogg',
  'speech-opus.opus',
  'speech-opus.webm',
  'speech-aac.m4a',
  'speech-adts.aac',
  'speech-and-picture.mp4',
] as const;

async function changed(name: string, change: (bytes: Buffer) => Uint8Array): Promise<string> {
  const bytes = name === 'clip.wav' ? await readFile(clip) : await readFile(fixture(name));
  return folder.write(`changed ${name}`, change(bytes));
}

describe('a file that was cut off', () => {
  // An mp4 keeps its table of contents at the end, adts and untagged mp3 state no length: those are other cases.
  it.each([
    ['clip.wav', 1.5626],
    ['speech.flac', 1.5626],
    ['speech-cbr.mp3', 1.5626],
    ['speech-vbr.mp3', 1.5626],
    ['speech-opus.webm', 1.57],
  ])('%s gives what is left of it, and says what it should have been', async (name, seconds) => {
    const path = await changed(name, (bytes) => bytes.subarray(0, bytes.length * 0.6));
    const { report } = await decode(path);
    expect(report.damaged).toBe(true);
    expect(report.declaredSeconds).toBeCloseTo(seconds, 2);
    expect(report.decodedSeconds).toBeGreaterThan(0.4 * seconds);
    expect(report.decodedSeconds).toBeLessThan(0.8 * seconds);
    const [heard, reference] = [await decodeMono(path), await decodeMono(clip)];
    const found = lateness(heard, reference, { centre: 8000, width: 4000, reach: 400 });
    expect(Math.abs(found.late)).toBeLessThanOrEqual(1);
  });

  it.each(['speech-vorbis.ogg', 'speech-opus.opus'])(
    '%s is known by its unfinished last page',
    async (name) => {
      const path = await changed(name, (bytes) => bytes.subarray(0, bytes.length - 100));
      expect(await decode(path).catch(codeOf)).toSatisfy(
        (outcome) =>
          outcome === 'audio-damaged' ||
          (outcome as { report: { damaged: boolean } }).report.damaged,
      );
    },
  );

  it('a cut m4a, which has lost its table of contents, is refused as damaged', async () => {
    const path = await changed('speech-aac.m4a', (bytes) => bytes.subarray(0, bytes.length * 0.6));
    expect(await decode(path).catch(codeOf)).toBe('audio-damaged');
  });
});

describe('a stretch that is lost in the middle', () => {
  it.each([
    ['speech.flac', 1],
    ['speech-cbr.mp3', 600],
    ['speech-and-picture.mp4', 1],
  ])('of %s becomes silence, and what follows stays where it was', async (name, within) => {
    const path = await changed(name, (bytes) =>
      bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + (bytes.length >> 3)),
    );
    const { report } = await decode(path);
    expect(report.damaged).toBe(true);
    expect(report.decodeErrors).toBeGreaterThan(0);
    const [heard, reference] = [await decodeMono(path), await decodeMono(clip)];
    expect(Math.abs(heard.length - clipSamples)).toBeLessThanOrEqual(1024 + within);
    const found = lateness(heard, reference, { centre: 23_000, width: 3000, reach: 1000 });
    expect(found.likeness).toBeGreaterThan(0.9);
    expect(Math.abs(found.late)).toBeLessThanOrEqual(within);
  });
});

describe('a good file is never called damaged', () => {
  const tags = [
    ['an ID3v1 tag', Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)])],
    ['an APE tag', Buffer.concat([Buffer.from('APETAGEX'), Buffer.alloc(400, 0x41)])],
    ['padding', Buffer.alloc(3000)],
  ] as const;

  it.each(tags)('with %s behind an mp3', async (_, tag) => {
    const path = await changed('speech-cbr.mp3', (bytes) => Buffer.concat([bytes, tag]));
    const { report } = await decode(path);
    expect(report).toMatchObject({ decodeErrors: 0, damaged: false });
    // At most a frame more: before padding, FFmpeg does not see that the last frame is the last.
    expect(Math.abs(report.samples - clipSamples)).toBeLessThanOrEqual(576);
  });

  it('with a header that counts itself in', async () => {
    const path = await changed('clip.wav', (bytes) => {
      const at = bytes.indexOf('data') + 4;
      bytes.writeUInt32LE(bytes.readUInt32LE(at) + 44, at);
      return bytes;
    });
    expect((await decode(path)).report).toMatchObject({ samples: clipSamples, damaged: false });
  });
});

describe('whatever is in a file', () => {
  const mutations = fc.array(anyMutation, { minLength: 1, maxLength: 4 });

  it.each([
    // Frames of a shape that FFmpeg decodes and does not convert.
    [
      'speech-adts.aac',
      [
        { at: 0.198505, kind: 'remove', length: 446, bits: 1 },
        { at: 0, kind: 'flip', length: 40, bits: 1 },
      ],
    ],
  ] satisfies [string, Mutation[]][])(
    '%s with %j is refused or told to be damaged',
    async (name, mutations) => {
      const path = await changed(name, (bytes) => mutate(bytes, mutations));
      expect(await decode(path).catch(codeOf)).toSatisfy(
        (outcome) =>
          outcome === 'audio-damaged' ||
          (outcome as { report: { damaged: boolean } }).report.damaged,
      );
    },
  );

  it('it is read or refused in our words, and the process lives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtures), mutations, async (name, changes) => {
        const path = await changed(name, (bytes) => mutate(bytes, changes));
        const outcome = await decode(path).catch(codeOf);
        if (typeof outcome === 'string') {
          expect(['not-audio', 'audio-damaged', 'no-audio-track', 'file-empty']).toContain(outcome);
          return;
        }
        const { planes, report } = outcome;
        expect(planes[0]?.length).toBe(report.samples);
        expect(report.samples).toBeLessThan(3601 * 192_000);
      }),
      { numRuns: 150, seed: 9 },
    );
  });
});

function codeOf(error: unknown): string {
  if (error instanceof UndertoneError) return error.code;
  throw error;
}
