import type { ModelCard } from '#engine/model/card.ts';
import type { FinetuneReport } from '#shared/contract/training.ts';

/** The card of a retrained version: its parent's, with what was done to it and what that gave. */
export function describeVersion(parent: ModelCard, report: FinetuneReport): ModelCard {
  const { model, labels, corrections, seed, dataHash, heldBack, check } = report;
  const count = Object.values(corrections).reduce((sum, own) => sum + own, 0);
  return {
    ...parent,
    id: model,
    name: model,
    created: new Date().toISOString(),
    labels: [...labels],
    corpus: `${parent.corpus} Retrained on ${count} corrected segments.`,
    // What was studied is said of the parent alone.
    studies: undefined,
    protocol: `Of the model that this one was retrained from (${parent.id}): ${parent.protocol}`,
    lineage: {
      parent: parent.id,
      corrections,
      seed,
      dataHash,
      heldBack,
      check,
    },
  };
}
