import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import { clip, decode, fixture, temporaryFolder } from '../../engine/audio/support.ts';
import { anyMutation, mutate } from '../../support/mutants.ts';
import { counts, tell } from '../support/counts.ts';

const folder = temporaryFolder();
const runs = counts(1_500, 10_000);
const allowed = ['not-audio', 'audio-damaged', 'no-audio-track', 'file-empty'];
const files = [
  clip,
  ...[
    'speech.flac',
    'speech-cbr.mp3',
    'speech-vbr.mp3',
    'speech-vorbis.ogg',
    'speech-opus.opus',
    'speech-opus.webm',
    'speech-aac.m4a',
    'speech-adts.aac',
    'speech-alac.m4a',
    'speech-and-picture.mp4',
  ].map(fixture),
];

/** Whatever else the file is, it is not so long that reading it could not end. */
const mostSamples = 3_601 * 192_000;

it('reads or refuses in our words whatever has become of a recording', async (context) => {
  const originals = await Promise.all(files.map((file) => readFile(file)));
  const outcomes = new Map<string, number>();
  let slowest = 0;
  const memoryBefore = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: files.length - 1 }),
      fc.array(anyMutation, { minLength: 1, maxLength: 4 }),
      async (which, mutations) => {
        const path = await folder.write(
          'mutant',
          mutate(originals[which] ?? Buffer.alloc(0), mutations),
        );
        const began = process.cpuUsage();
        const outcome = await decode(path).then(
          ({ planes, report }) => {
            expect(planes[0]?.length).toBe(report.samples);
            expect(report.samples).toBeLessThan(mostSamples);
            return report.damaged ? 'damaged' : 'read';
          },
          (error: unknown) => {
            if (!(error instanceof UndertoneError)) throw error;
            expect(allowed).toContain(error.code);
            return 'refused';
          },
        );
        const { user, system } = process.cpuUsage(began);
        slowest = Math.max(slowest, (user + system) / 1e6);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      },
    ),
    { numRuns: runs },
  );
  expect(slowest).toBeLessThan(10);
  const grown = (process.memoryUsage().rss - memoryBefore) / 2 ** 20;
  expect(grown).toBeLessThan(512);
  const sums = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  tell(
    context,
    `${runs} mutants of ${files.length} kinds of files: ${sums}; at most ${slowest.toFixed(1)} s of a processor, ${grown.toFixed(0)} MB`,
  );
});
