import type { engineContract } from '#shared/contract/engine.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { analyseRecording } from './analysis/analyse.ts';
import { prepareAudio } from './audio/canonical.ts';
import { readPeaks } from './audio/peaks.ts';
import { createSketches } from './audio/sketches.ts';
import { createLiveSessions } from './live/sessions.ts';
import { describeModel } from './model/card.ts';
import { hashModel } from './model/folder/hash.ts';
import { loadRuntime } from './onnx/runtime.ts';
import type { Toolbox } from './toolbox.ts';
import { checkModel } from './training/rehearsal/check-model.ts';
import { createTrainingHandlers } from './training/finetune/handlers.ts';
import { makeDescriptors } from './views/make-descriptors.ts';
import { makeSpectrogram } from './views/make-spectrogram.ts';

/** What the engine answers, method by method. */
export function engineHandlers(toolbox: Toolbox): Handlers<typeof engineContract> {
  const sketches = createSketches();
  return {
    ...createLiveSessions(toolbox),
    ...createTrainingHandlers(toolbox),
    'engine.status': async () => {
      const runtime = await loadRuntime();
      const reason = runtime.kind === 'portable' ? runtime.reason : '';
      return { engine: runtime.kind, version: runtime.version, reason };
    },
    'model.describe': async ({ modelFolder }) => {
      const { card } = await toolbox.predictor(modelFolder);
      return { ...describeModel(card), sha256: await hashModel(modelFolder) };
    },
    'model.check': ({ modelFolder }) => checkModel(modelFolder),
    'audio.prepare': ({ path, cacheFolder }, { signal, report }) =>
      sketches.during(path, (onReading) =>
        prepareAudio(path, cacheFolder, {
          signal,
          onReading,
          open: toolbox.open,
          onProgress: (fraction) => {
            report({ stage: 'reading', fraction });
          },
        }),
      ),
    'audio.sketch': ({ path }) => sketches.of(path),
    'audio.peaks': ({ peaksPath }) => readPeaks(peaksPath),
    'views.makeSpectrogram': makeSpectrogram,
    'views.makeDescriptors': makeDescriptors,
    'analysis.run': async ({ path, modelFolder, cacheFolder }, context) => {
      const predictor = await toolbox.predictor(modelFolder);
      const voiceActivity = await toolbox.voiceActivity();
      const { open } = toolbox;
      const tools = { predictor, voiceActivity, scratchFolder: cacheFolder, open };
      const { track, segments } = await analyseRecording(path, tools, context);
      const { id, timeline } = predictor.card;
      const modelSha256 = await hashModel(modelFolder);
      return { model: id, modelSha256, unsureBelow: timeline.unsureBelow, track, segments };
    },
  };
}
