import type { Examination, ImportReport } from '#shared/contract/exchange.ts';
import type { ImportMapping, TierTarget } from '#shared/domain/import-mapping.ts';
import type { Tier } from '#shared/domain/tier.ts';
import { count } from '../../lib/words.ts';

type FoundTier = Examination['tiers'][number];

/** One way to go, as an option of a list. */
export interface Option<T> {
  readonly key: string;
  readonly words: string;
  readonly target: T;
}

/** What was proposed, as it is at first. */
export function proposedMapping({ recordings, tiers, labels }: Examination): ImportMapping {
  return {
    recordings: recordings.map(({ to }) => to),
    tiers: tiers.map(({ to }) => to),
    labels: labels.map(({ to }) => to),
  };
}

/** Where a tier can go: to one of people's that is there, to a new one, nowhere. */
export function tierOptions(
  found: FoundTier,
  tiers: readonly Tier[],
): readonly Option<TierTarget>[] {
  const name = newName(found, tiers);
  return [
    ...tiers
      .filter(({ kind }) => kind !== 'model')
      .map(({ id, name: words }) => ({ key: id, words, target: { kind: 'tier', id } as const })),
    {
      key: 'new annotator',
      words: `New annotator “${name}”`,
      target: { kind: 'new', of: 'annotator', name },
    },
    {
      key: 'new speakers',
      words: `New tier “${name}” of who speaks`,
      target: { kind: 'new', of: 'speakers', name },
    },
    { key: 'leave out', words: 'Leave out', target: { kind: 'leave out' } },
  ];
}

export function keyOfTier(target: TierTarget): string {
  if (target.kind === 'tier') return target.id;
  return target.kind === 'new' ? `new ${target.of}` : target.kind;
}

function newName({ to, name, annotator }: FoundTier, tiers: readonly Tier[]): string {
  if (to.kind === 'new') return to.name;
  const short = (annotator || name).slice(0, 50).trim();
  const taken = new Set(tiers.map((tier) => tier.name));
  for (let number = 2, candidate = short; ; number += 1) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${short} (${number})`;
  }
}

/** Who made a tier and how much is on it, in a few words. */
export function tierWords({ source, annotator, rows, labels }: FoundTier): string {
  const who = source === 'model' ? `made by a model${annotator && `, ${annotator}`}` : annotator;
  return [who, count(rows, 'segment'), count(labels, 'label')].filter(Boolean).join(', ');
}

/** Whether a label is asked for: it is on a tier of an annotator that is taken. */
export function isAsked(
  { tiers }: Examination['labels'][number],
  mapping: ImportMapping,
  existing: readonly Tier[],
): boolean {
  return tiers.some((index) => {
    const target = mapping.tiers[index];
    if (!target || target.kind === 'leave out') return false;
    if (target.kind === 'new') return target.of === 'annotator';
    return existing.find(({ id }) => id === target.id)?.kind === 'annotator';
  });
}

/** What an import does, in one sentence. */
export function outcomeWords({
  rows,
  accepted,
  clamped,
  newTiers,
  newLabels,
}: ImportReport): string {
  const taken = accepted + clamped;
  if (rows === 0) return 'There are no segments in it.';
  const all =
    taken === rows
      ? `All ${count(rows, 'segment')} are`
      : `${taken} of ${count(rows, 'segment')} ${taken === 1 ? 'is' : 'are'}`;
  const made = [
    newTiers.length > 0 ? count(newTiers.length, 'new tier') : '',
    newLabels.length > 0 ? count(newLabels.length, 'new label') : '',
  ].filter(Boolean);
  return `${all} taken${made.length > 0 ? `, with ${made.join(' and ')}` : ''}.`;
}
