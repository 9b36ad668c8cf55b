import { createForward } from '#engine/model/inference/forward.ts';
import { networkGraph } from '#engine/model/inference/graph.ts';
import { tf } from '#engine/model/backend.ts';
import { toBatch } from '#engine/model/batch.ts';
import { loadModel } from '#engine/model/folder/load.ts';
import { createNetwork, type Network } from '#engine/model/network.ts';
import { readWeights, gradientOf } from '#engine/training/trainer.ts';
import { startOptimiser, stepOptimiser } from '#engine/training/optimiser.ts';
import { hopSize, sampleRate } from '#engine/features/frames.ts';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import * as onnx from 'onnxruntime-node';
import { compare, type Figure } from '../figure.ts';
import { fastest } from '../measure.ts';
import { missingPeers, timePython, type PythonTimes } from '../peers/python.ts';
import { layersNetwork } from '../peers/tf-layers.ts';
import type { Group } from './group.ts';

const steps = 300;
const features = 40;
const clipsTogether = 32;
const windowsAnHour = 7200;

/** Layers of 128 and 64 units over 300 frames of 40 features, and the shipped network over an hour of windows. */
export const kernels: Group = async ({ wav, modelFolder }) => {
  const python = await timePython(wav);
  const network = await createNetwork(
    {
      inputFeatures: features,
      outputs: 8,
      units: [128, 64],
      bidirectional: false,
      residual: false,
      pooling: 'mean',
      hidden: 0,
      dropout: 0,
    },
    'bench',
  );
  const figures = [
    ...(await forwardOfAClip(network, python)),
    ...(await trainingStep(network, python)),
    ...(await hourOfWindows(modelFolder)),
  ];
  network.dispose();
  return { figures, notes: missingPeers(python) };
};

async function forwardOfAClip(network: Network, python: PythonTimes): Promise<Figure[]> {
  const clip = clipOf(steps, features, 1);
  const forward = await createForward(network.config, network.weights());
  const runtime = await runtimeSession(network);
  const layers = layersNetwork(steps, features);
  const { x, lengths } = toBatch([clip], features);
  const inputs = runtimeInputs([clip], features);
  const times = await fastest({
    ours: () => forward.logits([clip]),
    fused: () => tf.tidy(() => network.logits(x, lengths).dataSync()),
    layers: () => tf.tidy(() => layers.logits(x).dataSync()),
    runtime: () => runtime.run(inputs),
  });
  tf.dispose([x, lengths]);
  layers.dispose();
  await Promise.all([forward.release(), runtime.release()]);
  const name = 'forward of one clip, predicting';
  const trained = 'forward of one clip, fused kernels of training';
  return [
    compare(name, 'ms', times.ours, ['tf.layers.lstm', times.layers]),
    compare(name, 'ms', times.ours, ['ONNX Runtime', times.runtime]),
    compare(trained, 'ms', times.fused, ['tf.layers.lstm', times.layers]),
    compare(trained, 'ms', times.fused, ['ONNX Runtime', times.runtime]),
    ...[python.torch, python.keras].flatMap((peer) =>
      peer ? [compare(name, 'ms', times.ours, [peer.name, peer.forward])] : [],
    ),
  ];
}

async function trainingStep(network: Network, python: PythonTimes): Promise<Figure[]> {
  const examples = Array.from({ length: clipsTogether }, (_, at) => ({
    features: clipOf(steps, features, at),
    target: Float32Array.from({ length: 8 }, (__, label) => (label === at % 8 ? 1 : 0)),
  }));
  const loss = { smoothing: 0, weights: new Float32Array(8).fill(1) };
  const recipe = {
    ...{ learningRate: 1e-3, warmup: 0, weightDecay: 0, gradientNorm: 1, averaging: 0 },
  };
  let state = startOptimiser(await readWeights(network));
  const layers = layersNetwork(steps, features);
  const clips = examples.map((example) => example.features);
  const { x, lengths } = toBatch(clips, features);
  const targets = tf.tensor2d(examples.map(({ target }) => Array.from(target)));
  const times = await fastest(
    {
      ours: async () => {
        const { values } = await gradientOf(network, examples, loss, 1);
        state = stepOptimiser(state, values, recipe, 1000);
      },
      layers: () => {
        layers.step(x, targets);
      },
    },
    3,
  );
  tf.dispose([x, lengths, targets]);
  layers.dispose();
  const name = `training step of ${clipsTogether} clips`;
  return [
    compare(name, 'ms', times.ours, ['tf.layers.lstm', times.layers]),
    ...[python.torch, python.keras].flatMap((peer) =>
      peer ? [compare(name, 'ms', times.ours, [peer.name, peer.step])] : [],
    ),
  ];
}

/** Both run on ONNX Runtime; what is compared is what joining, padding and dividing the windows costs on top. */
async function hourOfWindows(modelFolder: string): Promise<Figure[]> {
  const { network, card } = await loadModel(modelFolder);
  const rows = Math.round(
    (card.timeline.windowSeconds * sampleRate) / (hopSize * card.features.stride),
  );
  const { inputFeatures } = network.config;
  const forward = await createForward(network.config, network.weights());
  const runtime = await runtimeSession(network);
  const windows = Array.from({ length: 64 }, (_, at) => clipOf(rows, inputFeatures, at));
  const { x, lengths } = toBatch(windows, inputFeatures);
  const inputs = runtimeInputs(windows, inputFeatures);
  const times = await fastest({
    ours: () => forward.logits(windows),
    runtime: () => runtime.run(inputs),
    fused: () => tf.tidy(() => network.logits(x, lengths).dataSync()),
  });
  tf.dispose([x, lengths]);
  network.dispose();
  await Promise.all([forward.release(), runtime.release()]);
  const hour = windowsAnHour / windows.length / 1000;
  const name = 'shipped network over an hour of windows';
  return [
    compare(name, 's', times.ours * hour, ['ONNX Runtime', times.runtime * hour]),
    compare(name, 's', times.ours * hour, ['fused kernels of training', times.fused * hour]),
  ];
}

/** The network as anybody would run it who has ONNX Runtime and nothing else. */
function runtimeSession(network: Network): Promise<onnx.InferenceSession> {
  const model = networkGraph(network.config, network.weights());
  return onnx.InferenceSession.create(model, { logSeverityLevel: 3 });
}

function runtimeInputs(
  clips: readonly Matrix[],
  columns: number,
): Readonly<Record<string, onnx.Tensor>> {
  const { x } = toBatch(clips, columns);
  const [batch, length] = x.shape;
  const data = x.dataSync<'float32'>();
  x.dispose();
  return {
    x: new onnx.Tensor('float32', data, [batch, length, columns]),
    lengths: new onnx.Tensor('int32', new Int32Array(batch).fill(length), [batch]),
    mask: new onnx.Tensor('float32', new Float32Array(batch * length).fill(1), [length, batch, 1]),
  };
}

function clipOf(rows: number, columns: number, number: number): Matrix {
  const values = Float32Array.from({ length: rows * columns }, (_, at) =>
    Math.sin(0.7 * at + 1.3 * number * number),
  );
  return rowsOf(values, columns);
}
