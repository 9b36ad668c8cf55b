import fc from 'fast-check';
import type {
  AnnotatedRecording,
  AnnotationDocument,
  AnnotationItem,
  AnnotationTier,
} from '#formats/annotation/document.ts';
import { tidy } from '#formats/annotation/tidy.ts';

/** Labels as strangers give them: any script, quotes, markup, formulas, line breaks, nothing at all. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', "'", '<', '>', '&', ';', ',', '\t', '\n', '\r', ' ', 'a', '=', '-'),
  }),
  fc.constantFrom(
    '',
    'angry',
    'überrascht',
    '怒り',
    '😀👩‍👩‍👧',
    '\u202Eabc',
    '=cmd|calc',
    '<NA>',
    '-->',
    '__proto__',
    'a\r\n\r\nb',
    '&lt;b&gt;',
    ']]>',
    '\\',
    '1',
    '!',
  ),
);
const name = text.filter((value) => value.trim() !== '');

/** From whole seconds down to what only a double can say. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 36_000 }),
  fc.integer({ min: 0, max: 36_000_000 }).map((value) => value / 1000),
  fc.integer({ min: 0, max: 160_000_000 }).map((value) => value / 16_000),
  fc.double({ min: 0, max: 36_000, noNaN: true, noDefaultInfinity: true }),
);
const fraction = fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true }));
const length = fc.oneof(
  fc.constantFrom(0, 1e-4, 1, 2.5),
  fc.double({ min: 0, max: 100, noNaN: true }),
);

const item: fc.Arbitrary<AnnotationItem> = fc
  .record({
    start: time,
    length,
    label: text,
    confidence: fc.option(fraction),
    probabilities: fc.uniqueArray(fc.tuple(name, fraction), {
      selector: ([of]) => of,
      maxLength: 3,
    }),
    note: text,
  })
  .map(({ start, length: seconds, label, confidence, probabilities, note }) => ({
    start: start + 0,
    end: start + seconds + 0,
    label,
    confidence: confidence === null ? null : confidence + 0,
    labels: probabilities.map(([of]) => of),
    probabilities: probabilities.map(([, value]) => value + 0),
    note,
  }));

const tier: fc.Arbitrary<AnnotationTier> = fc.record({
  name,
  source: fc.constantFrom('person' as const, 'model' as const),
  annotator: text,
  items: fc.array(item, { maxLength: 8 }),
});

const anyRecording: fc.Arbitrary<AnnotatedRecording> = fc.record({
  name,
  seconds: fc.option(time),
  tiers: fc.array(tier, { maxLength: 3 }),
});

export const anyDocument: fc.Arbitrary<AnnotationDocument> = fc
  .uniqueArray(anyRecording, { maxLength: 3, selector: (recording) => recording.name })
  .map((recordings) => tidy({ recordings }));

/** The same whatever order tiers, and probabilities within an item, come in. */
export function canonical({ recordings }: AnnotationDocument): unknown {
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
    a.name < b.name ? -1 : 1;
  return recordings.toSorted(byName).map(({ tiers, ...recording }) => ({
    ...recording,
    tiers: tiers.toSorted(byName).map(({ items, ...rest }) => ({
      ...rest,
      items: items
        .map(({ labels, probabilities, ...own }) => ({
          ...own,
          known: labels.map((of, index) => [of, probabilities[index]]).sort(),
        }))
        .map((own) => JSON.stringify(own))
        .sort(),
    })),
  }));
}
