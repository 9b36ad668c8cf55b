import { loadPredictor } from '#engine/model/predict.ts';

const [, , modelFolder = ''] = process.argv;
const predictor = await loadPredictor(modelFolder);
const { sharedObjects } = process.report.getReport() as { sharedObjects: readonly string[] };
process.stdout.write(
  JSON.stringify({
    id: predictor.card.id,
    tensorFlow: sharedObjects.filter((name) => /tensorflow|tfjs/.test(name)),
  }),
);
predictor.dispose();
