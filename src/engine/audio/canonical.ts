import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withWriteErrors } from '#files/file-errors.ts';
import type { PreparedAudio } from '#shared/contract/engine.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { writeWhole } from '#files/write-whole.ts';
import { namesInCache, readCacheRecord, writeCacheRecord } from './cache-record.ts';
import type { CacheNames, CacheRecord } from './cache-record.ts';
import { checkFile } from './check-file.ts';
import { damageOf, openAudio } from './decode.ts';
import type { AudioFormat, AudioReading, AudioSource } from './decode.ts';
import { createFlacWriter } from './flac-writer.ts';
import type { FlacWriter } from './flac-writer.ts';
import { hashFile } from './hash-file.ts';
import { createPeakBuilder } from './peak-pyramid.ts';
import type { PeakPyramid } from './peak-pyramid.ts';
import { writePeaks } from './peaks.ts';

export interface PrepareOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told the fraction done, 0..1, in steps of a hundredth. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Of the whole work, what reading the file for its hash takes. */
const hashShare = 0.1;

/**
 * Makes a recording ready to be played, drawn and analysed on one clock: finds the canonical sound that everything else
 * refers to, and draws its outline.
 *
 * Media elements seek wrongly in compressed files (variable-rate mp3 by seconds), so only an undamaged flac or plain wav is
 * its own canonical sound; anything else gets a flac in the cache, 16 bits at its own rate and channels. Files in the
 * cache are named by the content of the original: a second call finds them, whatever the file is called by then.
 *
 * @throws UndertoneError as `openAudio` and reading do; disk-full, not-writable
 */
export async function prepareAudio(
  path: string,
  cacheFolder: string,
  { signal, onProgress }: PrepareOptions = {},
): Promise<PreparedAudio> {
  const report = inHundredths(onProgress);
  const { bytes } = await checkFile(path);
  const sha256 = await hashFile(path, {
    signal,
    onProgress: (done) => {
      report((done / bytes) * hashShare);
    },
  });
  const names = namesInCache(cacheFolder, sha256);
  const record = (await readCacheRecord(names)) ?? (await fillCache(path, names, signal, report));
  report(1);
  return {
    canonicalPath: record.canonical === 'original' ? path : names.proxy,
    sha256,
    peaksPath: names.peaks,
    sound: record.sound,
  };
}

type Report = (fraction: number) => void;

async function fillCache(
  path: string,
  names: CacheNames,
  signal: AbortSignal | undefined,
  report: Report,
): Promise<CacheRecord> {
  const source = await openAudio(path, { signal });
  const folder = dirname(names.record);
  await withWriteErrors(folder, () => mkdir(folder, { recursive: true }));
  const { canonical, outline, sound } = await makeCanonical(source, names.proxy, (fraction) => {
    report(hashShare + (1 - hashShare) * fraction);
  });
  await writePeaks(names.peaks, outline);
  return writeCacheRecord(names, { canonical, sound });
}

interface Outcome {
  readonly canonical: CacheRecord['canonical'];
  readonly outline: PeakPyramid;
  readonly sound: Sound;
}

async function makeCanonical(
  source: AudioSource,
  proxyPath: string,
  report: Report,
): Promise<Outcome> {
  const { format } = source;
  if (playsAsItIs(format)) {
    const outcome = await readThrough(source.read(), format, null, report);
    // Players trust a header more than what is there; only a proxy of it has a length that is true.
    if (outcome.sound.damaged === null) return { canonical: 'original', ...outcome };
  }
  return writeWhole(proxyPath, async (temporary) => {
    const writer = createFlacWriter(temporary, format);
    try {
      const outcome = await readThrough(source.read(), format, writer, report);
      writer.finish();
      return { canonical: 'proxy', ...outcome };
    } finally {
      writer.free();
    }
  });
}

async function readThrough(
  reading: AudioReading,
  { sampleRate, channels }: Pick<AudioFormat, 'sampleRate' | 'channels'>,
  writer: FlacWriter | null,
  report: Report,
): Promise<Omit<Outcome, 'canonical'>> {
  const outline = createPeakBuilder(sampleRate);
  for await (const planes of reading) {
    outline.push(planes);
    writer?.write(planes);
    report(reading.fraction());
  }
  const result = reading.report();
  const sound = { sampleRate, channels, samples: result.samples, damaged: damageOf(result) };
  return { outline: outline.finish(), sound };
}

const plainWavCodecs = new Set(['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le']);

/** Whether Chromium plays the file to the sample. One that does not state its length cannot be sought in. */
function playsAsItIs({ container, codec, declaredSeconds }: AudioFormat): boolean {
  if (declaredSeconds === null) return false;
  return container === 'flac' || (container === 'wav' && plainWavCodecs.has(codec));
}

function inHundredths(onProgress: Report | undefined): Report {
  let last = -1;
  return (fraction) => {
    const next = Math.floor(fraction * 100);
    if (next <= last) return;
    last = next;
    onProgress?.(Math.min(1, fraction));
  };
}
