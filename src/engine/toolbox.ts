import { createVoiceActivity, type VoiceActivity } from './audio/voice-activity.ts';
import { loadPredictor, type Predictor } from './model/predict.ts';

/** What takes time to load, loaded once and when first needed. */
export interface Toolbox {
  readonly voiceActivity: () => Promise<VoiceActivity>;
  readonly predictor: (modelFolder: string) => Promise<Predictor>;
  readonly dispose: () => Promise<void>;
}

export function createToolbox(): Toolbox {
  let voiceActivity: Promise<VoiceActivity> | undefined;
  const predictors = new Map<string, Promise<Predictor>>();
  return {
    voiceActivity: () => (voiceActivity ??= createVoiceActivity()),
    predictor: (modelFolder) => {
      const loaded = predictors.get(modelFolder) ?? loadPredictor(modelFolder);
      predictors.set(modelFolder, loaded);
      // A folder that could not be loaded is tried anew the next time: it may have been mended.
      loaded.catch(() => predictors.delete(modelFolder));
      return loaded;
    },
    dispose: async () => {
      const loaded = await Promise.allSettled(predictors.values());
      for (const result of loaded) if (result.status === 'fulfilled') result.value.dispose();
      await (await voiceActivity)?.dispose();
    },
  };
}
