import type { ExportedModel } from '#formats/emotion-csv-sidecar.ts';
import type { StoredAnalysis } from '../database/analyses.ts';
import type { Source } from './sources.ts';

/** The models that heard recordings, each once, with the settings of the analyses that it made. */
export function modelsOf(sources: readonly Source[]): readonly ExportedModel[] {
  const models = sources.flatMap(({ analysis }) => (analysis ? [toModel(analysis)] : []));
  return [...new Map(models.map((model) => [JSON.stringify(model), model])).values()];
}

function toModel(analysis: StoredAnalysis): ExportedModel {
  const { model: id, modelSha256, labels, windowSeconds, hopSeconds, unsureBelow } = analysis;
  const sha256 = modelSha256 === '' ? {} : { sha256: modelSha256 };
  return { id, ...sha256, labels, windowSeconds, hopSeconds, unsureBelow };
}
