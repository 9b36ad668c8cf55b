import type { engineContract } from '#shared/contract/engine.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { analyseRecording } from './analysis/analyse.ts';
import { prepareAudio } from './audio/canonical.ts';
import { discoverAudio } from './audio/discover.ts';
import { readPeaks } from './audio/peaks.ts';
import { loadBackend } from './model/backend.ts';
import { describeModel } from './model/card.ts';
import type { Toolbox } from './toolbox.ts';

/** What the engine answers, method by method. */
export function engineHandlers(toolbox: Toolbox): Handlers<typeof engineContract> {
  return {
    'engine.status': async () => {
      const backend = await loadBackend();
      const reason = backend.kind === 'portable' ? backend.reason : '';
      return { engine: backend.kind, version: backend.version, reason };
    },
    'model.describe': async ({ modelFolder }) => {
      const { card } = await toolbox.predictor(modelFolder);
      return describeModel(card);
    },
    'audio.discover': ({ paths }) => discoverAudio(paths),
    'audio.prepare': ({ path, cacheFolder }, { signal, report }) =>
      prepareAudio(path, cacheFolder, {
        signal,
        onProgress: (fraction) => {
          report({ stage: 'reading', fraction });
        },
      }),
    'audio.peaks': ({ peaksPath }) => readPeaks(peaksPath),
    'analysis.run': async ({ path, modelFolder, cacheFolder }, context) => {
      const predictor = await toolbox.predictor(modelFolder);
      const voiceActivity = await toolbox.voiceActivity();
      const tools = { predictor, voiceActivity, scratchFolder: cacheFolder };
      const { track, segments } = await analyseRecording(path, tools, context);
      return { model: predictor.card.id, track, segments };
    },
  };
}
