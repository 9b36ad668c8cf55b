import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnnotations } from '#formats/annotation/read.ts';
import { annotationFormatIds, formatOf } from '#formats/annotation/registry.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import { toSamples, toSeconds } from '#shared/domain/time.ts';
import { counts } from './support/counts.ts';

/** Segments of each format that go out and come back. */
const segments = counts(1000, 10_000);
const rates = [8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000];

/** How far times of a format may be from the truth, in seconds. */
function tolerance(step: number | null): number {
  return step === null ? 1e-9 : step / 2 + 1e-9;
}

describe.each(annotationFormatIds)('%s', (id) => {
  const { timeStep } = formatOf(id).keeps;
  // Whole milliseconds are coarser than samples: subtitles say so in their loss report.
  const isExact = timeStep === null || timeStep < 0.5 / Math.max(...rates);

  it(
    `brings ${segments} segments back to ${isExact ? 'the same samples' : 'within half a millisecond'}`,
    { timeout: 60_000 + segments * 20 },
    async () => {
      const rate = fc.constantFrom(...rates);
      const gaps = fc.array(fc.tuple(fc.nat(200_000), fc.integer({ min: 200, max: 400_000 })), {
        minLength: 50,
        maxLength: 50,
      });
      await fc.assert(
        fc.asyncProperty(rate, gaps, async (sampleRate, made) => {
          let at = 0;
          const spans = made.map(([gap, length]) => {
            const start = at + gap;
            at = start + length;
            return { start, end: at };
          });
          const items = spans.map(({ start, end }) => ({
            start: toSeconds(start, sampleRate),
            end: toSeconds(end, sampleRate),
            ...{ label: 'angry', confidence: null, labels: [], probabilities: [], note: '' },
          }));
          const tier = { name: 'emotion', source: 'person' as const, annotator: '', items };
          const seconds = toSeconds(at, sampleRate);
          const recordings = [{ name: 'talk.wav', seconds, tiers: [tier] }];
          const { bytes } = await writeAnnotations({ recordings }, id);
          const read = await readAnnotations(bytes, 'talk.x', { format: id });
          const back = read.document.recordings
            .flatMap(({ tiers }) => tiers)
            .flatMap((own) => own.items);
          expect(back).toHaveLength(items.length);
          const off = back.map(({ start, end }, index) =>
            Math.max(
              Math.abs(start - (items[index]?.start ?? NaN)),
              Math.abs(end - (items[index]?.end ?? NaN)),
            ),
          );
          expect(Math.max(...off)).toBeLessThanOrEqual(tolerance(timeStep));
          if (!isExact) return;
          expect(
            back.map(({ start, end }) => ({
              start: toSamples(start, sampleRate),
              end: toSamples(end, sampleRate),
            })),
          ).toEqual(spans);
        }),
        { numRuns: Math.ceil(segments / 50) },
      );
    },
  );
});

describe('ELAN', () => {
  it('counts whole milliseconds, never more than half a one away', async () => {
    const item = { confidence: null, labels: [], probabilities: [], note: '' };
    const times = Array.from({ length: 1000 }, (_, n) => toSeconds(n * 1237 + 7, 44_100));
    const items = times.map((start) => ({ ...item, start, end: start + 0.0251, label: 'sad' }));
    const tier = { name: 'emotion', source: 'person' as const, annotator: '', items };
    const recordings = [{ name: 'talk.wav', seconds: 100, tiers: [tier] }];
    const { bytes, losses } = await writeAnnotations({ recordings }, 'eaf');
    expect(losses.join()).toContain('ELAN counts whole milliseconds');
    // As ELAN sees it, which does not know our private property.
    const text = new TextDecoder().decode(bytes).replace('undertone.times', 'other');
    const { document } = await readAnnotations(Buffer.from(text), 'talk.eaf');
    const starts = document.recordings[0]?.tiers[0]?.items.map(({ start }) => start) ?? [];
    expect(starts).toHaveLength(1000);
    const off = starts.map((start, index) => Math.abs(start - (times[index] ?? NaN)));
    expect(Math.max(...off)).toBeLessThanOrEqual(0.0005 + 1e-9);
  });
});
