import { z } from 'zod';
import { labelTarget, type ImportMapping, type TierTarget } from '#shared/domain/import-mapping.ts';
import type { Tier } from '#shared/domain/tier.ts';
import type { Settings } from '../database/settings.ts';
import type { Found, FoundTier } from './content.ts';

/** What people decided about tiers and labels in imports before, by what files call them. */
const rememberedMapping = z.object({
  tiers: z.record(
    z.string(),
    z.object({ kind: z.enum(['annotator', 'speakers']), name: z.string() }).nullable(),
  ),
  labels: z.record(z.string(), labelTarget),
});
export type RememberedMapping = z.infer<typeof rememberedMapping>;

const nothing: RememberedMapping = { tiers: {}, labels: {} };

export function readRemembered(settings: Settings): RememberedMapping {
  const stored: unknown = JSON.parse(settings.get('import') ?? 'null');
  return rememberedMapping.safeParse(stored).data ?? nothing;
}

export function storeRemembered(settings: Settings, mapping: RememberedMapping): void {
  settings.set('import', JSON.stringify(mapping));
}

/** Forgets decisions about tiers and labels that name somebody. */
export function forgetMapped(settings: Settings, names: (text: string) => boolean): void {
  if (settings.get('import') === null) return;
  const { tiers, labels } = readRemembered(settings);
  storeRemembered(settings, { tiers: without(tiers, names), labels: without(labels, names) });
}

function without<T>(
  decisions: Readonly<Record<string, T>>,
  names: (text: string) => boolean,
): Record<string, T> {
  const others = Object.entries(decisions).filter((entry) => !names(JSON.stringify(entry)));
  return Object.fromEntries(others);
}

/** How tiers are remembered: by what the file calls them and who labelled. */
export function keyOf({ name, annotator }: Pick<FoundTier, 'name' | 'annotator'>): string {
  return annotator === '' ? name : `${name} (${annotator})`;
}

/** Older decisions beyond so many are forgotten. */
const mostRemembered = 500;

/** What is remembered once an import was mapped so. */
export function remember(
  before: RememberedMapping,
  found: Found,
  mapping: ImportMapping,
  tiers: readonly Tier[],
): RememberedMapping {
  const tierEntries = found.tiers.flatMap((tier, index) => {
    const to = mapping.tiers[index];
    return to ? [[keyOf(tier), nameOf(to, tiers)] as const] : [];
  });
  const labelEntries = found.labels.map(
    ({ label }, index) => [label, mapping.labels[index] ?? null] as const,
  );
  return {
    tiers: newest([...Object.entries(before.tiers), ...tierEntries]),
    labels: newest([...Object.entries(before.labels), ...labelEntries]),
  };
}

function nameOf(to: TierTarget, tiers: readonly Tier[]): RememberedMapping['tiers'][string] {
  if (to.kind === 'leave out') return null;
  if (to.kind === 'new') return { kind: to.of, name: to.name };
  const tier = tiers.find(({ id }) => id === to.id);
  return tier && tier.kind !== 'model' ? { kind: tier.kind, name: tier.name } : null;
}

function newest<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const latest = new Map<string, T>();
  for (const [key, value] of entries) {
    latest.delete(key);
    latest.set(key, value);
  }
  return Object.fromEntries([...latest].slice(-mostRemembered));
}
