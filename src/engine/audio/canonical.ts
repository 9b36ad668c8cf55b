import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withWriteErrors } from '#files/file-errors.ts';
import type { PreparedAudio } from '#shared/contract/engine.ts';
import type { Peaks } from '#shared/domain/peaks.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { writeWhole } from '#files/write-whole.ts';
import { namesInCache, readCacheRecord, writeCacheRecord } from './cache-record.ts';
import type { CacheNames, CacheRecord } from './cache-record.ts';
import { checkFile } from './check-file.ts';
import { damageOf, openAudio } from './decode.ts';
import type { AudioFormat, AudioSource, OpenAudio } from './decode.ts';
import { createFlacWriter } from './flac-writer.ts';
import type { FlacWriter } from './flac-writer.ts';
import { hashFile } from '#files/hash-file.ts';
import { createPeakBuilder } from './peak-pyramid.ts';
import type { PeakPyramid } from './peak-pyramid.ts';
import { writePeaks } from './peaks.ts';
import { completeBySkim, skim } from './skim.ts';
import type { Sketcher } from './sketches.ts';

export interface PrepareOptions {
  /** By default the calling thread decodes; another one can do so meanwhile (`createDecodingThread`). */
  readonly open?: OpenAudio;
  readonly signal?: AbortSignal | undefined;
  /** Told the fraction done, 0..1, in steps of a hundredth. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Told, when reading begins, how to ask what has been seen; not told where the cache has everything. */
  readonly onReading?: ((sketcher: Sketcher) => void) | undefined;
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
  { signal, onProgress, onReading, open = openAudio }: PrepareOptions = {},
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
  const record =
    (await readCacheRecord(names)) ??
    (await fillCache(await open(path, { signal }), names, { signal, report, onReading }));
  report(1);
  return {
    canonicalPath: record.canonical === 'original' ? path : names.proxy,
    sha256,
    peaksPath: names.peaks,
    sound: record.sound,
  };
}

type Report = (fraction: number) => void;

interface Listeners {
  readonly signal: AbortSignal | undefined;
  readonly report: Report;
  readonly onReading: PrepareOptions['onReading'];
}

async function fillCache(
  source: AudioSource,
  names: CacheNames,
  { signal, report, onReading }: Listeners,
): Promise<CacheRecord> {
  const folder = dirname(names.record);
  await withWriteErrors(folder, () => mkdir(folder, { recursive: true }));
  const { canonical, outline, sound } = await makeCanonical(source, names.proxy, {
    signal,
    onReading,
    report: (fraction) => {
      report(hashShare + (1 - hashShare) * fraction);
    },
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
  listeners: Listeners,
): Promise<Outcome> {
  const { format } = source;
  if (playsAsItIs(format)) {
    const outcome = await readThrough(source, { writer: null, skimmed: null }, listeners);
    // Players trust a header more than what is there; only a proxy of it has a length that is true.
    if (outcome.sound.damaged === null) return { canonical: 'original', ...outcome };
  }
  const skimmed = await skim(source.path, format, listeners.signal);
  return writeWhole(proxyPath, async (temporary) => {
    const writer = createFlacWriter(temporary, format);
    try {
      const outcome = await readThrough(source, { writer, skimmed }, listeners);
      writer.finish();
      return { canonical: 'proxy', ...outcome };
    } finally {
      writer.free();
    }
  });
}

interface Pass {
  /** Writes what is read as a proxy. */
  readonly writer: FlacWriter | null;
  /** What stands for the outline of what has not been read yet. */
  readonly skimmed: Peaks | null;
}

async function readThrough(
  source: AudioSource,
  { writer, skimmed }: Pass,
  { report, onReading }: Listeners,
): Promise<Omit<Outcome, 'canonical'>> {
  const { sampleRate, channels, declaredSeconds, uncertainStartSeconds } = source.format;
  const known = { sampleRate, channels, uncertainStartSeconds };
  const reading = source.read();
  const outline = createPeakBuilder(sampleRate);
  onReading?.(() => {
    const expected = declaredSeconds === null ? null : Math.round(declaredSeconds * sampleRate);
    const seen = outline.soFar(expected ?? 0);
    const peaks = skimmed === null ? seen : completeBySkim(seen, outline.samples(), skimmed);
    // Where the file does not say, what there is so far is all that is known.
    const samples = Math.max(expected ?? 0, outline.samples());
    return { sound: { ...known, samples, damaged: null }, peaks };
  });
  for await (const planes of reading) {
    outline.push(planes);
    writer?.write(planes);
    report(reading.fraction());
  }
  const result = reading.report();
  const sound = { ...known, samples: result.samples, damaged: damageOf(result) };
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
