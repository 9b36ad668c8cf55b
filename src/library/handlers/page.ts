import type { libraryContract } from '#shared/contract/library.ts';
import type { recordContract } from '#shared/contract/live.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { addSample } from '../add-sample.ts';
import type { LabelOffer } from '../annotation/label-offer.ts';
import type { Catalogue } from '../catalogue.ts';
import type { DescribeModel } from '../describe-model.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { EngineLink } from '../engine-link.ts';
import { exportFormats, exportRecordings } from '../export/export.ts';
import type { Grants } from '../grants.ts';
import { importChosen } from '../import-chosen.ts';
import type { Models } from '../models/models.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';
import { createSpeakersHandlers } from '../speakers/handlers.ts';
import type { InThread } from '../thread/in-thread.ts';
import { createAgreementHandlers } from './agreement.ts';
import { createAnnotationHandlers } from './annotation.ts';
import { createCatalogueHandlers } from './catalogue.ts';
import { createExchangeHandlers } from './exchange.ts';
import { createViewHandlers } from './views.ts';
import { createReviewHandlers } from './review.ts';
import { createQueueHandlers } from './queue.ts';

/** The parts of an open library. */
export interface Parts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  readonly queue: Queue;
  readonly files: DerivedFiles;
  readonly grants: Grants;
  readonly labels: LabelOffer;
  readonly models: Models;
  readonly modelFolder: () => string;
  readonly describeModel: DescribeModel;
  readonly inThread: InThread;
  readonly appVersion: string;
}

/** Recording, which each page does by itself, is answered by its own recorder. */
export type PageHandlers = Omit<
  Handlers<typeof libraryContract>,
  keyof typeof recordContract.methods
>;

/** Answers what the page asks of the library. */
export function createPageHandlers(parts: Parts): PageHandlers {
  const { project, catalogue, queue, files, grants, labels, describeModel } = parts;
  return {
    'project.describe': async (_, { signal }) => ({
      folder: project.folder,
      model: await describeModel(signal),
    }),
    'recordings.list': () => catalogue.list(),
    'recordings.import': ({ grants: tokens }, context) => importChosen(parts, tokens, context),
    'recordings.addSample': async ({ grant }, { signal }) => ({
      id: await addSample(parts, grants.resolve(grant), signal),
    }),
    ...createQueueHandlers(queue, project),
    ...createCatalogueHandlers(parts),
    ...createExchangeHandlers(parts),
    ...createAgreementHandlers(parts),
    'recordings.sketch': ({ id }, { signal }) => files.sketch(id, signal),
    'recordings.peaks': ({ id }, { signal }) => files.peaks(id, signal),
    'recordings.track': ({ id }, { signal }) => files.track(id, signal),
    'recordings.excerpt': async ({ id, excerpt }, { signal }) => {
      const path = await files.canonicalPath(id, signal);
      return parts.engine.call('audio.excerpt', { path, excerpt }, { signal });
    },
    ...createViewHandlers(parts),
    ...createAnnotationHandlers(project, catalogue, labels),
    ...parts.models.handlers,
    ...createSpeakersHandlers(parts),
    ...createReviewHandlers(project, catalogue),
    'export.formats': () => exportFormats(),
    'export.write': ({ ids, to, ...request }, context) => {
      const recordings = [...new Set(ids)].map(catalogue.find);
      return exportRecordings(parts, recordings, grants.resolve(to), request, context);
    },
  };
}
