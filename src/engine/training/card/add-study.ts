import { isDeepStrictEqual } from 'node:util';
import { mean } from 'simple-statistics';
import { z } from 'zod';
import { modelCard, type ModelCard } from '#engine/model/card.ts';
import { groupScores, type CardStudies } from '#engine/model/card-studies.ts';
import { scopes } from '#engine/clips/classify.ts';
import { timelineSettings } from '#engine/timeline/settings.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { CrossvalReport } from '../crossval-report.ts';
import { groupBy } from '../group-by.ts';

const share = z.number();
const range = z.tuple([share, share]).readonly();

/** What `undertone study` and `undertone evaluate --json` print; further fields are of no concern here. */
const study = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('study'),
    what: z.enum(['robustness', 'timeline', 'adaptation']),
    recipe: z.unknown(),
    rows: z.unknown(),
  }),
  z.object({
    kind: z.literal('evaluation'),
    model: z.string(),
    corpus: z.string(),
    scope: z.enum(scopes),
    speakers: z.array(z.string()),
    labels: z.array(z.string()),
    uarInterval: range,
    byGroup: z.array(groupScores).optional(),
    scores: z.object({
      clips: z.number(),
      uar: share,
      accuracy: share,
      ece: share,
      recall: z.array(share.nullable()),
    }),
  }),
]);
type Study = z.infer<typeof study>;

/**
 * A card with one more result on it, in place of an earlier one of its kind.
 * @param result as a command printed it
 * @throws model-invalid where it is of another model or another recipe
 */
export function addStudy(
  card: ModelCard,
  measured: Pick<CrossvalReport, 'recipe'> | undefined,
  result: unknown,
): ModelCard {
  const given = study.parse(result);
  refuseForeign(given, card, measured);
  return modelCard.parse({ ...card, ...onCard(given, card) });
}

function refuseForeign(
  given: Study,
  { id }: ModelCard,
  measured: Pick<CrossvalReport, 'recipe'> | undefined,
): void {
  const isForeign =
    given.kind === 'evaluation'
      ? given.model !== id
      : !isDeepStrictEqual(given.recipe, measured?.recipe);
  if (!isForeign) return;
  const detail = `a result is of another ${given.kind === 'evaluation' ? 'model' : 'recipe'}`;
  throw new UndertoneError('model-invalid', { subject: id, detail });
}

type OnCard = Pick<ModelCard, 'studies' | 'adaptation'>;

function onCard(given: Study, { studies }: ModelCard): OnCard {
  if (given.kind === 'study') return readers[given.what](given.rows, studies);
  const { corpus, scope, speakers, labels, uarInterval, byGroup, scores } = given;
  const { clips, uar, accuracy, ece, recall } = scores;
  const shared = labels.filter((_, index) => recall[index] !== null);
  const row = { corpus, scope, clips, speakers: speakers.length, labels: shared };
  const others = studies?.otherCorpora ?? [];
  const kept = others.filter((other) => other.corpus !== corpus || other.scope !== scope);
  const evaluated = { ...row, uar, uarInterval, accuracy, ece, byGroup };
  return { studies: { ...studies, otherCorpora: [...kept, evaluated] } };
}

const readers: Readonly<
  Record<
    Extract<Study, { kind: 'study' }>['what'],
    (rows: unknown, studies: CardStudies | undefined) => OnCard
  >
> = {
  robustness: (given, studies) => {
    const { rows } = robustnessRows.parse(given);
    return { studies: { ...studies, robustness: rows } };
  },
  timeline: (given, studies) => {
    const rows = timelineRows.parse(given).map(({ settings, ...row }) => {
      const { windowSeconds, hopSeconds, smoothingCells } = settings;
      return { windowSeconds, hopSeconds, smoothingCells, ...row };
    });
    return { studies: { ...studies, timeline: rows } };
  },
  adaptation: (given) => {
    const byCount = groupBy(adaptationRows.parse(given), ({ corrected }) => corrected);
    const uarAfter = (corrected: number): number =>
      mean((byCount.get(corrected) ?? []).map(({ uar }) => uar));
    const counts = [...byCount.keys()].filter((corrected) => corrected > 0);
    return {
      adaptation: counts.map((corrections) => ({
        corrections,
        gain: uarAfter(corrections) - uarAfter(0),
      })),
    };
  },
};

const robustnessRows = z.object({
  rows: z.array(
    z.object({
      condition: z.string(),
      clips: z.number(),
      speakers: z.number(),
      uar: share,
      uarInterval: range,
      unheard: z.number(),
    }),
  ),
});

const timelineRows = z.array(
  z.object({
    settings: timelineSettings,
    recordings: z.number(),
    minutes: z.number(),
    right: share,
    unsure: share,
    missed: share,
    invented: share,
    boundaryError: z.number(),
  }),
);

const adaptationRows = z.array(z.object({ corrected: z.number(), uar: share, others: share }));
