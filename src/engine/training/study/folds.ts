import { UndertoneError } from '#shared/contract/errors.ts';
import { loadPredictor, type Predictor } from '#engine/model/predict.ts';
import type { Clip } from '../corpora/clip.ts';
import type { CrossvalReport } from '../crossval-report.ts';
import { foldModelFolder } from '../fold-model.ts';

/** A network of a cross-validation and the speakers whom it never heard. */
export interface Fold {
  readonly folder: string;
  readonly test: readonly Clip[];
}

/**
 * The networks of one seed of a cross-validation, each with the clips that it was tested on.
 * @throws model-missing where a run was made before networks were kept
 */
export function foldsOf(
  report: Pick<CrossvalReport, 'runs'>,
  clips: readonly Clip[],
  record: string,
  seed: number,
): readonly Fold[] {
  const runs = report.runs.filter((run) => run.seed === seed);
  if (runs.length === 0) throw new UndertoneError('model-missing', { subject: record });
  return runs.map((run) => ({
    folder: foldModelFolder(record, run),
    test: clips.filter(({ speaker }) => run.testSpeakers.includes(speaker)),
  }));
}

export async function withPredictor<T>(
  folder: string,
  work: (predictor: Predictor) => Promise<T>,
): Promise<T> {
  const predictor = await loadPredictor(folder);
  try {
    return await work(predictor);
  } finally {
    predictor.dispose();
  }
}
