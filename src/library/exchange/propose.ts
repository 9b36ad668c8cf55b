import { labelTarget, type TierTarget } from '#shared/domain/import-mapping.ts';
import type { Tier } from '#shared/domain/tier.ts';
import type { FoundTier } from './content.ts';
import { keyOf, type RememberedMapping } from './remember.ts';

export interface ProposalContext {
  readonly remembered: RememberedMapping;
  readonly tiers: readonly Tier[];
  /** Names of the labels on offer. */
  readonly labels: readonly string[];
}

/** A tier with so many different texts is a transcript, and no one's opinion of what is expressed. */
const mostLabelsOfAnnotator = 60;

/** Words of other corpora and programs for what models call otherwise. */
const synonyms: Readonly<Record<string, string>> = {
  anger: 'angry',
  happiness: 'happy',
  joy: 'happy',
  sadness: 'sad',
  fear: 'fearful',
  afraid: 'fearful',
  disgusted: 'disgust',
  surprise: 'surprised',
  calmness: 'calm',
};

export function proposeTier(tier: FoundTier, context: ProposalContext): TierTarget {
  const { remembered, tiers } = context;
  const known = Object.hasOwn(remembered.tiers, keyOf(tier))
    ? remembered.tiers[keyOf(tier)]
    : undefined;
  if (known === null) return { kind: 'leave out' };
  if (known !== undefined) return targetNamed(known.name, known.kind, tiers);
  // What a model says becomes a person's opinion only where a person wants that.
  if (tier.source === 'model') return { kind: 'leave out' };
  if (tier.labels.size > mostLabelsOfAnnotator) return { kind: 'leave out' };
  return targetNamed(tier.annotator || tier.name, 'annotator', tiers);
}

function targetNamed(
  name: string,
  of: 'annotator' | 'speakers',
  tiers: readonly Tier[],
): TierTarget {
  const there = tiers.find((tier) => tier.kind !== 'model' && tier.name === name);
  if (there) return { kind: 'tier', id: there.id };
  const short = name.slice(0, 60).trim();
  if (tiers.some((tier) => tier.name === short)) {
    return { kind: 'new', of, name: `${short.slice(0, 55)} (2)` };
  }
  return { kind: 'new', of, name: short };
}

export function proposeLabel(
  label: string,
  { remembered, labels }: ProposalContext,
): string | null {
  if (Object.hasOwn(remembered.labels, label)) return remembered.labels[label] ?? null;
  const oneLine = label.replace(/\s+/gu, ' ').trim();
  const plain = oneLine.toLowerCase();
  const same =
    labels.find((name) => name === label) ?? labels.find((name) => name.toLowerCase() === plain);
  if (same !== undefined) return same;
  const synonym = Object.hasOwn(synonyms, plain) ? synonyms[plain] : undefined;
  if (synonym !== undefined && labels.includes(synonym)) return synonym;
  return labelTarget.safeParse(oneLine).data ?? null;
}
