import type { modelsContract, ModelsState } from '#shared/contract/models.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { followActive, reanalyse } from './follow-active.ts';
import { createHandlers } from './handlers.ts';
import { withLostRecordings } from './lost-recordings.ts';
import type { ModelsParts } from './parts.ts';
import { createRetraining } from './retraining.ts';

/** Retraining, and the versions that a project has of its model. */
export interface Models {
  readonly handlers: Handlers<typeof modelsContract>;
  readonly state: (signal: AbortSignal) => Promise<ModelsState>;
  /** @returns a function that ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  /** Stops what runs. */
  readonly close: () => Promise<void>;
}

export function createModels(parts: ModelsParts): Models {
  const { project, active, engine, describeShipped } = parts;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const retraining = createRetraining({ ...parts, call: engine.call, onChange: tell });
  removeLostOffers(parts);
  reanalyse(parts);
  const unfollow = followActive(parts, tell);
  const state: Models['state'] = async (signal) => ({
    active: active.version()?.id ?? null,
    shipped: await describeShipped(signal),
    versions: withLostRecordings(project),
    retraining: retraining.state(),
  });
  return {
    state,
    handlers: {
      ...createHandlers(parts, retraining, tell),
      'models.state': (_, { signal }) => state(signal),
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: async () => {
      unfollow();
      await retraining.close();
    },
  };
}

/** Of a version that was offered and has no folder, a process was killed before it was given its place. */
function removeLostOffers({ project, versionFiles }: ModelsParts): void {
  for (const { id, kept } of project.versions.list()) {
    if (!kept && !versionFiles.has(id)) project.versions.remove(id);
  }
}
