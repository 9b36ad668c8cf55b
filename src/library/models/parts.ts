import type { ModelSummary } from '#shared/contract/engine.ts';
import type { Catalogue } from '../catalogue.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { EngineLink } from '../engine-link.ts';
import type { Grants } from '../grants.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';
import type { ActiveModel } from './active-model.ts';
import type { VersionFiles } from './version-files.ts';

/** What retraining and versions are made of. */
export interface ModelsParts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  readonly queue: Queue;
  readonly grants: Grants;
  readonly files: DerivedFiles;
  readonly active: ActiveModel;
  readonly versionFiles: VersionFiles;
  readonly shippedFolder: string;
  readonly describeShipped: (signal: AbortSignal) => Promise<ModelSummary>;
  readonly describeActive: (signal: AbortSignal) => Promise<ModelSummary>;
  /** Told of failures that are not expected ones. */
  readonly onBug: (error: unknown) => void;
}
