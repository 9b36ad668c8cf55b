import type { ModelSummary } from '#shared/contract/engine.ts';
import type { EngineLink } from './engine-link.ts';

export type DescribeModel = (signal: AbortSignal) => Promise<ModelSummary>;

/** A model's card, asked for once a folder: no model changes. */
export function createModelDescription(
  engine: EngineLink,
  modelFolder: () => string,
): DescribeModel {
  const known = new Map<string, ModelSummary>();
  return async (signal) => {
    const folder = modelFolder();
    const summary =
      known.get(folder) ??
      (await engine.call('model.describe', { modelFolder: folder }, { signal }));
    known.set(folder, summary);
    return summary;
  };
}
