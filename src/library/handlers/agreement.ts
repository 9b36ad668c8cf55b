import type { agreementContract } from '#shared/contract/agreement.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { agree } from '../agreement/agree.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Project } from '../project.ts';
import type { InThread } from '../thread/in-thread.ts';

export interface AgreementParts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly inThread: InThread;
}

/** Answers how far people, and people and the model, agree. */
export function createAgreementHandlers({
  project,
  catalogue,
  inThread,
}: AgreementParts): Handlers<typeof agreementContract> {
  return {
    'agreement.measure': ({ ids, ...options }, context) => {
      const recordings = ids === null ? project.recordings.list() : ids.map(catalogue.find);
      return agree(project, recordings, options, inThread, context);
    },
  };
}
