import { analyseRecording } from '#engine/analysis/analyse.ts';
import { hashModel } from '#engine/model/folder/hash.ts';
import { loadRuntime } from '#engine/onnx/runtime.ts';
import { createToolbox } from '#engine/toolbox.ts';
import { serve } from '#shared/rpc/serve.ts';
import { workContract } from './contract.ts';

/**
 * A process that analyses one recording after the other for `startWorkers`, which it does not outlive. A Ctrl-C
 * reaches it too, but the command says what ends.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());

const toolbox = createToolbox();
let modelFolder = '';

serve(
  {
    post: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
    close: () => {
      process.disconnect();
    },
  },
  workContract,
  {
    open: async (args) => {
      ({ modelFolder } = args);
      const { card } = await toolbox.predictor(modelFolder);
      const { kind, version } = await loadRuntime();
      const { id, labels, timeline } = card;
      const sha256 = await hashModel(modelFolder);
      return { engine: { kind, version }, id, sha256, labels, timeline };
    },
    analyse: async ({ path, settings, scratchFolder }, context) => {
      const predictor = await toolbox.predictor(modelFolder);
      const voiceActivity = await toolbox.voiceActivity();
      const tools = { predictor, voiceActivity, scratchFolder, open: toolbox.open };
      return analyseRecording(path, tools, context, { timeline: settings });
    },
  },
  (bug) => {
    console.error(bug);
  },
);
