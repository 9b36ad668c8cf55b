import { adaptItem } from './adapt-item.ts';
import { cleanText } from './check.ts';
import {
  defaultTierName,
  type AnnotatedRecording,
  type AnnotationContent,
  type AnnotationDocument,
  type AnnotationTier,
} from './document.ts';
import type { Keeps } from './keeps.ts';
import { countLosses, type LossCounter } from './losses.ts';
import { spreadOverlaps, splitPoints } from './lanes.ts';
import { tidy } from './tidy.ts';

/**
 * The document cut down to what a format can say, with a sentence for each kind of thing that is lost. What
 * a format's reader finds in what its writer wrote is exactly this document.
 */
export function adapt(document: AnnotationDocument, keeps: Keeps): AnnotationContent {
  const losses = countLosses();
  const recordings = document.recordings.map((recording) =>
    adaptRecording(recording, keeps, losses),
  );
  const hasRows = keeps.recordings === 'many' && !keeps.emptyTiers;
  const written = recordings.filter(({ tiers }) => !hasRows || tiers.length > 0);
  losses.add('emptyRecordings', recordings.length - written.length);
  return { document: tidy({ recordings: written }), losses: losses.sentences() };
}

function adaptRecording(
  recording: AnnotatedRecording,
  keeps: Keeps,
  losses: LossCounter,
): AnnotatedRecording {
  const name = keeps.recordingName(cleanText(recording.name));
  if (name !== recording.name) losses.add('recordingNames');
  const cut = recording.tiers.map((tier) => adaptTier(tier, keeps, losses));
  // Before tiers are told apart by their names: one that is not written is in nobody's way.
  const filled = cut.filter(({ items }) => keeps.emptyTiers || items.length > 0);
  losses.add('emptyTiers', cut.length - filled.length);
  const tiers = tidy({ recordings: [{ ...recording, tiers: regroup(filled, keeps, losses) }] })
    .recordings.flatMap((tidied) => tidied.tiers)
    .flatMap((tier) => splitPoints(tier, keeps, losses))
    .flatMap((tier) => spreadOverlaps(tier, keeps, losses));
  return { name, seconds: secondsOf(recording.seconds, tiers, keeps, losses), tiers };
}

function adaptTier(tier: AnnotationTier, keeps: Keeps, losses: LossCounter): AnnotationTier {
  const keepsAnnotator =
    keeps.annotator === 'kept' || (keeps.annotator === 'models only' && tier.source === 'model');
  if (!keepsAnnotator && tier.annotator !== '') losses.add('annotators');
  if (!keeps.source && tier.source === 'model') losses.add('sources');
  return {
    name: cleanText(tier.name),
    source: keeps.source ? tier.source : 'person',
    annotator: keepsAnnotator ? cleanText(tier.annotator) : '',
    items: tier.items.flatMap((item) => adaptItem(item, tier.source, keeps, losses)),
  };
}

/** Tiers as the format tells them apart. */
function regroup(
  tiers: readonly AnnotationTier[],
  keeps: Keeps,
  losses: LossCounter,
): readonly AnnotationTier[] {
  if (keeps.tiers === 'named') return tiers;
  const groups = new Map<string, AnnotationTier>();
  for (const tier of tiers) {
    const name = keeps.tiers === 'one' ? defaultTierName : nameByAnnotator(tier);
    if (name !== tier.name) losses.add('tierNames');
    const key = keeps.tiers === 'one' ? '' : `${tier.source} ${tier.annotator}`;
    const items = [...(groups.get(key)?.items ?? []), ...tier.items];
    groups.set(key, { ...tier, name, items });
  }
  if (groups.size < tiers.length) losses.add('mergedTiers', tiers.length);
  return [...groups.values()];
}

/** What a tier is called where only who labelled it is known. */
export function nameByAnnotator({
  source,
  annotator,
}: Pick<AnnotationTier, 'source' | 'annotator'>): string {
  return annotator || (source === 'model' ? 'model' : defaultTierName);
}

function secondsOf(
  seconds: number | null,
  tiers: readonly AnnotationTier[],
  keeps: Keeps,
  losses: LossCounter,
): number | null {
  if (keeps.seconds === 'kept') return seconds;
  if (keeps.seconds === 'lost') {
    if (seconds !== null) losses.add('seconds');
    return null;
  }
  const end = tiers.reduce(
    (latest, { items }) => items.reduce((last, item) => Math.max(last, item.end), latest),
    0,
  );
  if (seconds !== null && seconds > 0 && seconds >= end) return seconds;
  losses.add('guessedSeconds');
  return end > 0 ? end : 1;
}
