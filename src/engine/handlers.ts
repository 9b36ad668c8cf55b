import type { engineContract } from '#shared/contract/engine.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { analyseRecording, type AnalysisTools } from './analysis/analyse.ts';
import { measureSpeaker, toProfile } from './analysis/speaker-profile.ts';
import { prepareAudio } from './audio/canonical.ts';
import { readExcerpt } from './audio/excerpt.ts';
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
    'audio.excerpt': async ({ path, excerpt }) => ({ wav: await readExcerpt(path, excerpt) }),
    'views.makeSpectrogram': makeSpectrogram,
    'views.makeDescriptors': makeDescriptors,
    'analysis.profile': async ({ paths, ...where }, context) =>
      measureSpeaker(paths, await analysisTools(toolbox, where), context),
    'analysis.run': async ({ path, profile: speakers, ...where }, context) => {
      const { modelFolder } = where;
      const tools = await analysisTools(toolbox, where);
      const { id, timeline, featureHash } = tools.predictor.card;
      const profile = speakers ? toProfile(speakers, featureHash) : undefined;
      const { track, segments } = await analyseRecording(path, tools, context, { profile });
      const modelSha256 = await hashModel(modelFolder);
      return { model: id, modelSha256, unsureBelow: timeline.unsureBelow, track, segments };
    },
  };
}

async function analysisTools(
  { predictor, voiceActivity, open }: Toolbox,
  { modelFolder, cacheFolder }: { readonly modelFolder: string; readonly cacheFolder: string },
): Promise<AnalysisTools> {
  return {
    predictor: await predictor(modelFolder),
    voiceActivity: await voiceActivity(),
    scratchFolder: cacheFolder,
    open,
  };
}
