import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapt } from '#formats/annotation/adapt.ts';
import type { AnnotationDocument, AnnotationItem } from '#formats/annotation/document.ts';
import { readAnnotations } from '#formats/annotation/read.ts';
import { annotationFormatIds, formatOf } from '#formats/annotation/registry.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import { anyDocument, canonical } from '../support/documents.ts';

/** Recordings that a file does not name are called after it, so the file is called after them. */
function fileName(document: AnnotationDocument, ending: string): string {
  return `${document.recordings[0]?.name ?? 'empty'}.${ending}`;
}

function single({ recordings }: AnnotationDocument): AnnotationDocument {
  const [first = { name: 'empty', seconds: null, tiers: [] }] = recordings;
  return { recordings: [{ ...first, name: first.name.replace(/[/\\]/gu, '-') }] };
}

describe.each(annotationFormatIds)('%s', (id) => {
  const format = formatOf(id);
  const fitting = (document: AnnotationDocument): AnnotationDocument =>
    format.keeps.recordings === 'one' ? single(document) : document;

  it('reads back exactly what it says it keeps, and tells whatever it does not', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument.map(fitting), async (document) => {
        const { bytes, losses } = await writeAnnotations(document, id);
        if (bytes.length === 0) return;
        const read = await readAnnotations(bytes, fileName(document, 'x'), { format: id });
        expect(canonical(read.document)).toEqual(canonical(adapt(document, format.keeps).document));
        if (losses.length === 0) expect(canonical(read.document)).toEqual(canonical(document));
      }),
      { numRuns: id === 'parquet' ? 30 : 300 },
    );
  });

  it.each(['/', '/sounds/a.wav', 'file:/a', 'a?b/c'])(
    'reads a recording that is called %s back by the name that it says it gives',
    async (name) => {
      const item: AnnotationItem = {
        ...{ start: 0, end: 1, label: 'angry', confidence: null },
        ...{ labels: [], probabilities: [], note: '' },
      };
      const tier = { name: 'emotion', source: 'person' as const, annotator: '', items: [item] };
      const document = fitting({ recordings: [{ name, seconds: 2, tiers: [tier] }] });
      const { bytes } = await writeAnnotations(document, id);
      const read = await readAnnotations(bytes, fileName(document, 'x'), { format: id });
      expect(canonical(read.document)).toEqual(canonical(adapt(document, format.keeps).document));
    },
  );

  it('names a tier as if one that has nothing to write were not there', async () => {
    const item: AnnotationItem = {
      ...{ start: 0, end: 1, label: 'angry', confidence: null },
      ...{ labels: [], probabilities: [], note: '' },
    };
    const tiers = [
      { name: 'first', source: 'model' as const, annotator: '1', items: [] },
      { name: 'second', source: 'person' as const, annotator: '1', items: [item] },
    ];
    const document = { recordings: [{ name: 'rec', seconds: 2, tiers }] };
    const { bytes } = await writeAnnotations(document, id);
    const read = await readAnnotations(bytes, 'rec.x', { format: id });
    expect(canonical(read.document)).toEqual(canonical(adapt(document, format.keeps).document));
  });

  it('keeps ten thousand segments, half of them overlapping their neighbours', async () => {
    const items = Array.from({ length: 10_000 }, (_, index): AnnotationItem => ({
      start: index / 2,
      end: index / 2 + (index % 2 === 0 ? 0.5 : 0.75),
      label: ['angry', 'überrascht', 'unsure'][index % 3] ?? '',
      confidence: null,
      labels: [],
      probabilities: [],
      note: '',
    }));
    const document = {
      recordings: [
        {
          name: 'long',
          seconds: 5001,
          tiers: [{ name: 'emotion', source: 'person' as const, annotator: '', items }],
        },
      ],
    };
    const { bytes } = await writeAnnotations(document, id);
    const read = await readAnnotations(bytes, `long.${format.endings[0] ?? ''}`);
    expect(read.format.startsWith(id.split('-')[0] ?? '')).toBe(true);
    const all = read.document.recordings.flatMap(({ tiers }) =>
      tiers.flatMap((tier) => tier.items),
    );
    const sorted = all.toSorted((a, b) => a.start - b.start);
    expect(sorted).toEqual(items);
  });
});
