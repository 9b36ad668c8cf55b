import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { loadPredictor } from '#engine/model/predict.ts';

/** A process that does what the engine does before its first answer, says so and ends: see `groups/start-up.ts`. */
const [, , modelFolder = ''] = process.argv;
const [predictor, voiceActivity] = await Promise.all([
  loadPredictor(modelFolder),
  createVoiceActivity(),
]);
process.stdout.write('ready\n');
predictor.dispose();
await voiceActivity.dispose();
