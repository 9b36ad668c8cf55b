import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Meyda from 'meyda';
import * as onnx from 'onnxruntime-node';
import { openAudio } from '#engine/audio/decode.ts';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { extractFeatures } from '#engine/features/extract.ts';
import { frameSize, hopSize } from '#engine/features/frames.ts';
import { defaultFeatureSettings } from '#engine/features/settings.ts';
import { readModel } from '#engine/model/folder/read.ts';
import { compare, type Figure, type Result } from '../figure.ts';
import { fastest } from '../measure.ts';
import { missingPeers, timePython } from '../peers/python.ts';
import { encodeMp3, repeated } from '../speech.ts';
import { wavSeconds, type BenchContext, type Group } from './group.ts';

/** Sound to numbers: decoding, features, voice activity. In times real time, of two minutes of speech. */
export const features: Group = async (context) => {
  const samples = repeated(context.sentences, wavSeconds);
  const extraction = await extracting(samples, context);
  return {
    figures: [...extraction.figures, ...(await listening(samples)), ...(await decoding(context))],
    notes: extraction.notes,
  };
};

async function extracting(
  samples: Float32Array,
  { wav, modelFolder }: BenchContext,
): Promise<Result> {
  const { card } = await readModel(modelFolder);
  const settings = {
    ...defaultFeatureSettings,
    spectrum: { kind: 'mfcc', bands: 40, coefficients: 13 },
  } as const;
  const python = await timePython(wav);
  const times = await fastest(
    {
      ours: () => extractFeatures(samples, settings),
      shipped: () => extractFeatures(samples, card.features),
      meyda: () => extractByMeyda(samples),
    },
    3,
  );
  const name = 'features of a frame every 10 ms';
  const shipped = 'features of the shipped model, pitch among them';
  const ours = speed(times.ours);
  const { librosa } = python;
  return {
    figures: [
      compare(name, 'x', ours, ['Meyda.extract', speed(times.meyda)]),
      compare(name, 'x', ours, ['target', 2000]),
      compare(shipped, 'x', speed(times.shipped), ['Meyda.extract', speed(times.meyda)]),
      ...(librosa ? [compare(name, 'x', ours, [librosa.name, speed(librosa.mfcc)])] : []),
    ],
    notes: missingPeers(python),
  };
}

function extractByMeyda(samples: Float32Array): number {
  Meyda.sampleRate = 16_000;
  Meyda.bufferSize = frameSize;
  Meyda.melBands = 40;
  let heard = 0;
  for (let at = 0; at + frameSize <= samples.length; at += hopSize) {
    const frame = samples.subarray(at, at + frameSize);
    heard += Meyda.extract(['mfcc', 'rms'], frame)?.rms ?? 0;
  }
  return heard;
}

async function listening(samples: Float32Array): Promise<Figure[]> {
  const ours = await createVoiceActivity();
  const published = await publishedSilero();
  const times = await fastest(
    {
      ours: async () => {
        const stream = ours.stream();
        await stream.push(samples);
        await stream.finish();
      },
      published: () => published.judge(samples),
    },
    3,
  );
  await Promise.all([ours.dispose(), published.release()]);
  const peer = 'Silero v6 as published, on ONNX Runtime';
  return [compare('voice activity', 'x', speed(times.ours), [peer, speed(times.published)])];
}

async function publishedSilero(): Promise<{
  readonly judge: (samples: Float32Array) => Promise<void>;
  readonly release: () => Promise<void>;
}> {
  const path = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx');
  const session = await onnx.InferenceSession.create(await readFile(path), { logSeverityLevel: 3 });
  const sr = new onnx.Tensor('int64', BigInt64Array.of(16_000n), []);
  return {
    judge: async (samples) => {
      let state: onnx.Tensor = new onnx.Tensor('float32', new Float32Array(256), [2, 1, 128]);
      for (let at = 0; at + 576 <= samples.length; at += 512) {
        const input = new onnx.Tensor('float32', samples.slice(at, at + 576), [1, 576]);
        const { stateN } = await session.run({ input, state, sr });
        if (stateN) state = stateN;
      }
    },
    release: () => session.release(),
  };
}

async function decoding({ wav, folder }: BenchContext): Promise<Figure[]> {
  const mp3 = await encodeMp3(wav, join(folder, 'speech.mp3'));
  if (mp3 === null) return [];
  const source = await openAudio(mp3);
  const ffmpeg = ['-v', 'error', '-i', mp3, '-ac', '1', '-ar', '16000', '-f', 'null', '-'];
  const times = await fastest(
    {
      ours: async () => {
        let samples = 0;
        for await (const [mono] of source.read({ sampleRate: 16_000, mono: true })) {
          samples += mono?.length ?? 0;
        }
        return samples;
      },
      ffmpeg: () => promisify(execFile)('ffmpeg', ffmpeg),
    },
    3,
  );
  const name = 'mp3 to mono at 16 kHz';
  return [compare(name, 'x', speed(times.ours), ['ffmpeg, a process', speed(times.ffmpeg)])];
}

function speed(ms: number): number {
  return (1000 * wavSeconds) / ms;
}
