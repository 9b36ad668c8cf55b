import { z } from 'zod';
import { segmentSource } from '#shared/domain/segment.ts';
import type { Checker } from '../annotation/check.ts';
import {
  defaultTierName,
  type AnnotatedRecording,
  type AnnotationContent,
  type AnnotationItem,
  type AnnotationTier,
} from '../annotation/document.ts';
import type { AnnotationFormat, AnnotationSource } from '../annotation/format.ts';
import { checkAs, parseAs, parseJson } from '../annotation/json.ts';
import { everything } from '../annotation/keeps.ts';
import { decodeText, linesOf } from '../annotation/text.ts';

const item = z.object({
  start: z.number(),
  end: z.number(),
  label: z.string(),
  confidence: z.number().nullable(),
  labels: z.array(z.string()).readonly(),
  probabilities: z.array(z.number()).readonly(),
  note: z.string(),
});
const annotations = z.object({
  format: z.literal('undertone-annotations'),
  version: z.literal(1),
  recordings: z.array(
    z.object({
      name: z.string(),
      seconds: z.number().nonnegative().nullable(),
      tiers: z.array(
        z.object({
          name: z.string(),
          source: segmentSource,
          annotator: z.string(),
          // Each looked at by itself, so that one that is wrong can be left out.
          items: z.array(z.unknown()),
        }),
      ),
    }),
  ),
});

const heard = item.omit({ labels: true, note: true });

/** What `emotionJson` writes of an analysed recording; its track is not read. */
const analysis = z.object({
  recording: z.string(),
  seconds: z.number().nonnegative(),
  model: z.string(),
  labels: z.array(z.string()).readonly(),
  segments: z.array(z.unknown()),
});

/** Undertone's own form of annotations: everything is kept. Analyses as JSON lines are read too. */
export const undertoneJson: AnnotationFormat = {
  title: 'Undertone JSON',
  endings: ['json'],
  keeps: everything,
  read,
  write: ({ recordings }) =>
    new TextEncoder().encode(
      `${JSON.stringify({ format: 'undertone-annotations', version: 1, recordings })}\n`,
    ),
};

function read({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const text = decodeText(bytes, file);
  const recordings = isAnalysis(text)
    ? readAnalyses(text, file, checker)
    : parseAs(annotations, parseJson(text, file), file).recordings.map((recording, index) =>
        checkRecording(recording, index, checker),
      );
  const losses = isAnalysis(text) ? ['Left out: the tracks of the analyses.'] : [];
  return { document: { recordings }, losses };
}

function isAnalysis(text: string): boolean {
  return /^\s*\{"recording":/u.test(text);
}

function checkRecording(
  recording: z.infer<typeof annotations>['recordings'][number],
  index: number,
  checker: Checker,
): AnnotatedRecording {
  return {
    ...recording,
    tiers: recording.tiers.map((tier, t) => ({
      ...tier,
      items: tier.items.flatMap((raw, i) => {
        const where = `recordings.${index}.tiers.${t}.items.${i}`;
        const known = checkAs(item, raw, where, checker);
        return known ? checkItem(known, where, checker) : [];
      }),
    })),
  };
}

function checkItem(
  raw: Omit<z.infer<typeof item>, 'note'> & { readonly note?: string },
  where: string,
  checker: Checker,
): readonly AnnotationItem[] {
  if (raw.labels.length === raw.probabilities.length) {
    const checked = checker.item(where, raw);
    return checked ? [checked] : [];
  }
  checker.note(where, 'there must be as many labels as probabilities');
  return [];
}

function readAnalyses(text: string, file: string, checker: Checker): readonly AnnotatedRecording[] {
  const recordings: AnnotatedRecording[] = [];
  for (const [line, json] of linesOf(text)) {
    if (json.trim() === '') continue;
    const where = `line ${line}`;
    const { recording, seconds, model, labels, segments } = parseAs(
      analysis,
      parseJson(json, file, where),
      file,
      where,
    );
    const items = segments.flatMap((raw, index) => {
      const place = `${where}, segments.${index}`;
      const known = checkAs(heard, raw, place, checker);
      if (!known) return [];
      const own = { ...known, labels: known.probabilities.length > 0 ? labels : [] };
      return checkItem(own, place, checker);
    });
    const tier: AnnotationTier = {
      name: defaultTierName,
      source: 'model',
      annotator: model,
      items,
    };
    recordings.push({ name: recording, seconds, tiers: [tier] });
  }
  return recordings;
}
