import type { annotationContract } from '#shared/contract/annotation.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { actOnSegments } from '../annotation/act.ts';
import type { LabelOffer } from '../annotation/label-offer.ts';
import { createTierActs } from '../annotation/tiers.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Project } from '../project.ts';

/** Answers what has to do with correcting: tiers, labels, segments and history. */
export function createAnnotationHandlers(
  project: Project,
  catalogue: Catalogue,
  labels: LabelOffer,
): Handlers<typeof annotationContract> {
  const { journal, segments } = project;
  const tiers = createTierActs(project);
  return {
    'tiers.list': () => project.tiers.list(),
    'tiers.add': ({ kind, name }) => tiers.add(kind, name),
    'tiers.rename': ({ id, name }) => {
      tiers.rename(id, name);
    },
    'tiers.remove': ({ id }) => {
      tiers.remove(id);
    },
    'labels.list': (_, { signal }) => labels.list(signal),
    'labels.put': (args) => {
      labels.put(args.labels);
    },
    'segments.list': ({ recordingId }) => segments.list(catalogue.find(recordingId).id),
    'segments.act': ({ recordingId, act }) =>
      actOnSegments(project, catalogue.find(recordingId), act),
    'history.state': () => journal.state(),
    'history.list': ({ before, limit }) => journal.list(before, limit),
    'history.undo': () => journal.undo(),
    'history.redo': () => journal.redo(),
    'history.goTo': ({ id }) => {
      journal.goTo(id);
    },
  };
}
