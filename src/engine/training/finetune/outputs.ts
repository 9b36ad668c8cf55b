import type { Weight } from '#engine/model/network.ts';

/** The layer whose outputs are labels, as `assemble` names it; a member of several has its prefix before it. */
const labelLayer = 'logits/';

/**
 * Weights for another set of labels: what the network knew of a label is kept, a new label begins as
 * `fresh`, the weights that a network of the new shape starts with.
 */
export function relabelWeights(
  known: readonly Weight[],
  knownLabels: readonly string[],
  fresh: readonly Weight[],
  labels: readonly string[],
): readonly Weight[] {
  return fresh.map((weight, index) => {
    const old = known[index];
    if (old?.name !== weight.name) throw new Error('the networks differ');
    if (!weight.name.includes(labelLayer)) return old;
    const values = weight.values.slice();
    const rows = values.length / labels.length;
    for (let row = 0; row < rows; row += 1) {
      for (const [column, label] of labels.entries()) {
        const before = knownLabels.indexOf(label);
        if (before < 0) continue;
        values[row * labels.length + column] = old.values[row * knownLabels.length + before] ?? 0;
      }
    }
    return { ...weight, values };
  });
}
