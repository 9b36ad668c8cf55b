import { isEmotion } from '#shared/domain/label.ts';
import type { RowUnit } from '#shared/domain/row-unit.ts';
import type { Tier } from '#shared/domain/tier.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { unionOfLabels } from '#formats/emotion-csv.ts';
import type { Project } from '../project.ts';
import { inTurn, type Source } from './sources.ts';

export interface TableLabelsOptions {
  readonly project: Project;
  readonly per: RowUnit;
  readonly tiers: readonly Tier[];
  readonly context: CallContext;
}

/**
 * The labels that have columns: those of the models, each once, in the order in which they are met. Rows about whole
 * recordings have shares, so what people say beside them follows, in the order of the alphabet.
 */
export async function labelsOfTable(
  { project: { segments }, per, tiers, context }: TableLabelsOptions,
  sources: readonly Source[],
): Promise<readonly string[]> {
  const ofModels = unionOfLabels(sources.map(({ analysis }) => analysis?.labels ?? []));
  const people = tiers.filter(({ kind }) => kind !== 'model');
  if (people.length === 0) return ofModels;

  const sets: (readonly string[])[] = [ofModels];
  // A small part of the work, of which nothing is told: telling is for the writing.
  for await (const { id } of inTurn(sources, { ...context, report: () => undefined })) {
    sets.push(...segments.labelSets(id));
  }
  const known = unionOfLabels(sets);
  if (per !== 'recording') return known;
  const own = people.flatMap(({ id }) => segments.labelsOn(id)).filter(isEmotion);
  return [...known, ...unionOfLabels([own]).filter((label) => !known.includes(label))];
}
