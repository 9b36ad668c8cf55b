import type { LabelDefinition } from '#shared/domain/label-definition.ts';
import { count } from '#formats/annotation/losses.ts';
import type { Project } from '../project.ts';
import type { ImportPlan } from './plan-import.ts';

/**
 * Stores an import as one act: its new tiers, new labels and segments come, and are undone, together.
 *
 * @param files names of the files, for history
 * @param offer the labels on offer, to which the new ones are added
 * @param plan made when the act begins, of what is there then
 */
export function storeImport(
  project: Project,
  files: readonly string[],
  offer: readonly LabelDefinition[],
  recordingId: number | null,
  plan: () => ImportPlan,
): ImportPlan {
  const { journal, tiers, labels, segments } = project;
  const from = files.length === 1 ? (files[0] ?? '') : count(files.length, 'file');
  const words = (done: ImportPlan): string =>
    `Imported ${count(done.segments.length, 'segment')} from ${from}`;
  return journal.act({ words, recordingId }, () => {
    const planned = plan();
    planned.newTiers.forEach(tiers.add);
    if (planned.newLabels.length > 0) {
      const added = planned.newLabels.map((name) => ({ name, colour: null, key: null }));
      labels.replace([...offer, ...added]);
    }
    planned.segments.forEach(segments.add);
    return planned;
  });
}
