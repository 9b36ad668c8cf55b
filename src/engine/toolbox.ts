import { createDecodingThread } from './audio/aside/decoding-thread.ts';
import type { OpenAudio } from './audio/decode.ts';
import { createVoiceActivity, type VoiceActivity } from './audio/voice-activity.ts';
import { loadPredictor, type Predictor } from './model/predict.ts';

/** What takes time to load, loaded once and when first needed. */
export interface Toolbox {
  readonly voiceActivity: () => Promise<VoiceActivity>;
  /** Decodes in a thread of its own. */
  readonly open: OpenAudio;
  readonly predictor: (modelFolder: string) => Promise<Predictor>;
  readonly dispose: () => Promise<void>;
}

/** @param decoder the module that decodes in a thread of its own, where the sources are bundled */
export function createToolbox(decoder?: URL): Toolbox {
  const decoding = createDecodingThread(decoder);
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
    open: decoding.open,
    dispose: async () => {
      await decoding.close();
      const loaded = await Promise.allSettled(predictors.values());
      for (const result of loaded) if (result.status === 'fulfilled') result.value.dispose();
      await (await voiceActivity)?.dispose();
    },
  };
}
