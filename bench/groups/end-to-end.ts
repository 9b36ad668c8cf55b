import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { analyseRecording, type AnalysisTools } from '#engine/analysis/analyse.ts';
import { createDecodingThread } from '#engine/audio/aside/decoding-thread.ts';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { compare, type Figure } from '../figure.ts';
import { milliseconds, processorSeconds } from '../measure.ts';
import { encodeMp3, writeWav } from '../speech.ts';
import { runUndertone } from '../whole-process.ts';
import { wavSeconds, type BenchContext, type Group } from './group.ts';

const hour = 3600;
const targets = { native: 300, portable: 60, megabytes: 700 } as const;
/** What two cores have while the target's time passes. */
const processorTarget = { native: (2 * hour) / 300, portable: (2 * hour) / 60 } as const;

const processorNote =
  'Processor time is that of all threads together: in the 12 s that 300 x leaves for an hour, two cores have 24 s of it.';

/** From an hour's file to its segments: warm in this process, and as a whole process with all that it starts. */
export const endToEnd: Group = async (context) => {
  const wav = join(context.folder, 'hour.wav');
  await writeWav(wav, context.sentences, hour);
  const mp3 = await encodeMp3(context.wav, join(context.folder, 'hour.mp3'), hour / wavSeconds);
  const noMp3 = 'No mp3 was analysed: there is no ffmpeg here to make one.';
  const notes = [processorNote, ...(mp3 ? [] : [noMp3])];
  const files = [['wav', wav] as const, ...(mp3 ? [['mp3', mp3] as const] : [])];
  const figures = [...(await warm(context, files)), ...(await wholeProcesses(context, files))];
  await Promise.all(files.map(([, path]) => rm(path)));
  return { figures, notes };
};

type File = readonly [kind: string, path: string];

async function warm(
  { folder, modelFolder, wav }: BenchContext,
  files: readonly File[],
): Promise<Figure[]> {
  const predictor = await loadPredictor(modelFolder);
  const voiceActivity = await createVoiceActivity();
  const decoding = createDecodingThread();
  const tools = { predictor, voiceActivity, scratchFolder: folder, open: decoding.open };
  await analyse(wav, tools);
  const figures: Figure[] = [];
  for (const [kind, path] of files) {
    let ms = 0;
    const busy = await processorSeconds(async () => {
      ms = await milliseconds(() => analyse(path, tools));
    });
    const engine = voiceActivity.kind;
    const name = `analysis of one hour of ${kind}, ${engine}, warm`;
    figures.push(
      compare(name, 'x', (1000 * hour) / ms, ['target', targets[engine]]),
      compare(`${name}, processor time`, 's', busy, [
        'two cores at target',
        processorTarget[engine],
      ]),
    );
  }
  predictor.dispose();
  await decoding.close();
  await voiceActivity.dispose();
  return figures;
}

async function analyse(path: string, tools: AnalysisTools): Promise<void> {
  const { signal } = new AbortController();
  await analyseRecording(path, tools, { signal, report: () => undefined });
}

async function wholeProcesses({ folder }: BenchContext, files: readonly File[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of ['native', 'portable'] as const) {
    for (const [format, path] of files) {
      const name = `analysis of one hour of ${format}, ${kind}, whole process`;
      const env = { UNDERTONE_ENGINE: kind === 'portable' ? 'portable' : 'native' };
      const {
        seconds,
        processorSeconds: busy,
        megabytes,
      } = await runUndertone(['analyze', path, '-o', join(folder, 'out.csv')], env);
      figures.push(compare(name, 'x', hour / seconds, ['target', targets[kind]]));
      if (busy !== null) {
        const peer = ['two cores at target', processorTarget[kind]] as const;
        figures.push(compare(`${name}, processor time`, 's', busy, peer));
      }
      if (megabytes !== null) {
        figures.push(compare(`${name}, memory`, 'MB', megabytes, ['target', targets.megabytes]));
      }
    }
  }
  return figures;
}
