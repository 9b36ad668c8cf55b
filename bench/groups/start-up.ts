import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createDecodingThread } from '#engine/audio/aside/decoding-thread.ts';
import { prepareAudio } from '#engine/audio/canonical.ts';
import { readPeaks } from '#engine/audio/peaks.ts';
import { compare, type Figure } from '../figure.ts';
import { fastest, milliseconds } from '../measure.ts';
import { encodeMp3, writeWav } from '../speech.ts';
import { wavSeconds, type BenchContext, type Group } from './group.ts';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const starter = fileURLToPath(new URL('../start-engine.ts', import.meta.url));
const twoHours = 7200;

/** What somebody waits for: the engine, and the waveform of a two-hour recording. */
export const startUp: Group = async (context) => ({
  figures: [
    await engineReady(context),
    ...(await waveform(context)),
    ...(await compressed(context)),
  ],
  notes: [
    'Engine ready: a process from its start to model and voice activity loaded, sources compiled as they are read.',
  ],
});

async function engineReady({ modelFolder }: BenchContext): Promise<Figure> {
  const args = ['--import', loader, starter, modelFolder];
  const { ready } = await fastest({ ready: () => promisify(execFile)(process.execPath, args) }, 3);
  return compare('engine ready, warm', 's', ready / 1000, ['target', 1.5]);
}

/** A compressed recording is skimmed first, and plays when its canonical sound has been written. */
async function compressed({ folder, wav }: BenchContext): Promise<Figure[]> {
  const decoding = createDecodingThread();
  const path = join(folder, 'two-hours.mp3');
  if ((await encodeMp3(wav, path, twoHours / wavSeconds)) === null) return [];
  let outline = 0;
  const started = performance.now();
  const whole = await milliseconds(() =>
    prepareAudio(path, join(folder, 'cache'), {
      open: decoding.open,
      onReading: (sketcher) => {
        sketcher();
        outline = performance.now() - started;
      },
    }),
  );
  await Promise.all([rm(path), decoding.close()]);
  return [
    compare('two hours of mp3, outline to be drawn', 's', outline / 1000, ['target', 3]),
    compare('two hours of mp3, prepared whole', 's', whole / 1000, ['target', 3]),
  ];
}

async function waveform({ folder, sentences }: BenchContext): Promise<Figure[]> {
  const path = join(folder, 'two-hours.wav');
  await writeWav(path, sentences, twoHours);
  const cache = join(folder, 'cache');
  let peaksPath = '';
  const imported = await milliseconds(async () => {
    ({ peaksPath } = await prepareAudio(path, cache));
  });
  const { reopened } = await fastest({ reopened: () => readPeaks(peaksPath) }, 3);
  await rm(path);
  return [
    compare('two hours of wav, prepared whole', 's', imported / 1000, ['target', 3]),
    compare('two hours, peaks read again', 's', reopened / 1000, ['target', 0.5]),
  ];
}
