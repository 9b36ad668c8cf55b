import { expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import { decode, temporaryFolder } from '../../engine/audio/support.ts';
import { makeWav } from '../../support/make-wav.ts';
import { tell } from '../support/counts.ts';

const folder = temporaryFolder();
const lengths = [0, 1, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff];
const rates = [0, 1, 16_000, 4_000_000_000];
const channels = [0, 1, 65_535];
const allowed = ['not-audio', 'audio-damaged', 'no-audio-track', 'file-empty'];

it('believes no header: each lie has a named outcome, soon, and takes no memory', async (context) => {
  const sound = Float32Array.from({ length: 16_000 }, (_, at) => 0.3 * Math.sin(at / 7));
  const memoryBefore = process.memoryUsage().rss;
  let [read, refused, slowest] = [0, 0, 0];
  for (const dataBytes of lengths) {
    for (const sampleRate of rates) {
      for (const count of channels) {
        const claimed = { dataBytes, sampleRate, channels: count };
        const bytes = makeWav([sound], { format: 's16', sampleRate: 16_000, claimed });
        const path = await folder.write('lie.wav', bytes);
        const began = process.cpuUsage();
        try {
          const { report } = await decode(path);
          // Nothing is made up: at most the samples that are there, or a second of silence for those that are not.
          expect(report.decodedSeconds * (sampleRate || 1)).toBeLessThanOrEqual(bytes.length);
          read += 1;
        } catch (error) {
          if (!(error instanceof UndertoneError)) throw error;
          expect(allowed, JSON.stringify(claimed)).toContain(error.code);
          refused += 1;
        }
        const { user, system } = process.cpuUsage(began);
        slowest = Math.max(slowest, (user + system) / 1e6);
      }
    }
  }
  expect(slowest).toBeLessThan(2);
  const grown = (process.memoryUsage().rss - memoryBefore) / 2 ** 20;
  expect(grown).toBeLessThan(256);
  tell(
    context,
    `${read + refused} lying headers: ${read} read, ${refused} refused, at most ${slowest.toFixed(2)} s of a processor, ${grown.toFixed(0)} MB`,
  );
});
