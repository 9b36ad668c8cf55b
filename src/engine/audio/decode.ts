import { UndertoneError } from '#shared/contract/errors.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { createBlocks } from './blocks.ts';
import { checkFile } from './check-file.ts';
import type { CheckedFile } from './check-file.ts';
import type { Container } from './containers.ts';
import { uncertainStartSeconds } from './encoder-delay.ts';
import { decodeSteps } from './decode-steps.ts';
import { readEnding } from './ending.ts';
import type { Ending } from './ending.ts';
import type { Planes } from './frame-converter.ts';
import { closeInput, openInput } from './open-input.ts';
import type { Input } from './open-input.ts';
import { createPacer } from '#engine/pacer.ts';
import { createPlacement } from './placement.ts';
import { resample } from './resample.ts';

export interface AudioFormat {
  readonly container: Container;
  /** FFmpeg's name of the codec: `pcm_s16le`, `mp3`, `opus`, ... */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Length that the file states; null where it states none. Never a guess from the bit rate. */
  readonly declaredSeconds: number | null;
  /** As `Sound` has it. */
  readonly uncertainStartSeconds: number;
}

/** What a file held, known when it has been read to its end. */
export interface DecodeReport {
  /** Length of the recording at its own rate, silence in place of lost stretches included. */
  readonly samples: number;
  /** Sound that was really there. */
  readonly decodedSeconds: number;
  readonly declaredSeconds: number | null;
  /** Packets that could not be read or decoded. */
  readonly decodeErrors: number;
  readonly damaged: boolean;
}

export interface ReadOptions {
  /** Resample to this rate; the file's own rate if absent. */
  readonly sampleRate?: number;
  /** Mix all channels to one, by their mean. */
  readonly mono?: boolean;
}

/** One pass over the samples. Iterate it once; leaving the loop early closes the file. */
export interface AudioReading extends AsyncIterable<Planes> {
  /** How much of the file is behind us, 0..1. */
  fraction(): number;
  /** @throws Error before the last sample was read */
  report(): DecodeReport;
}

export interface AudioSource {
  readonly path: string;
  readonly format: AudioFormat;
  /** May be called several times; nothing is held open between. */
  read(options?: ReadOptions): AudioReading;
}

/** How a recording is opened: by `openAudio`, or by a thread that does so beside (`createDecodingThread`). */
export type OpenAudio = (
  path: string,
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<AudioSource>;

/** What is missing of a recording; null where nothing is. */
export function damageOf(report: DecodeReport): Sound['damaged'] {
  if (!report.damaged) return null;
  const { decodedSeconds, declaredSeconds, decodeErrors } = report;
  return { decodedSeconds, expectedSeconds: declaredSeconds, decodeErrors };
}

/**
 * Opens a recording: wav, aiff, flac, mp3, aac, ogg, m4a or mp4, webm, whatever its name says.
 *
 * Time 0 is the first sample that a player plays: what encoders put before it is removed where the file tells, and where
 * it does not, the format says by how much the sound may be late. Reading streams; memory does not grow with the length. Stretches lost to damage become silence, so that nothing behind them
 * moves. The event loop gets its turn every few milliseconds.
 *
 * @throws UndertoneError file-missing, file-forbidden, file-empty, not-audio, no-audio-track, audio-damaged. Reading
 *   throws audio-damaged where not one sample can be decoded, and the signal's reason when it is aborted.
 */
export async function openAudio(
  path: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<AudioSource> {
  signal?.throwIfAborted();
  const file = await checkFile(path);
  const { input, uncertainStart } = look(path, file);
  const ending = await readEnding(path, input.container, file.bytes);
  const format = formatOf(input, ending, uncertainStart);
  return {
    path,
    format,
    read: (options = {}) => readAudio({ path, file, format, ending, signal }, options),
  };
}

/** What the head of a file tells; it is closed again. */
function look(
  path: string,
  file: CheckedFile,
): { readonly input: Input; readonly uncertainStart: number } {
  const input = openInput(path, file);
  try {
    return { input, uncertainStart: uncertainStartSeconds(input) };
  } finally {
    closeInput(input);
  }
}

interface Opened {
  readonly path: string;
  readonly file: CheckedFile;
  readonly format: AudioFormat;
  readonly ending: Ending;
  readonly signal: AbortSignal | undefined;
}

/** Counts of a reading in progress. */
interface Tally {
  samples: number;
  decoded: number;
  /** Silence that stands for damage, not for a pause in the transmission. */
  lost: number;
  errors: number;
  position: number;
  ended: boolean;
}

function readAudio(opened: Opened, options: ReadOptions): AudioReading {
  const { format, file } = opened;
  const tally: Tally = { samples: 0, decoded: 0, lost: 0, errors: 0, position: 0, ended: false };
  const planes = readPlanes(opened, tally);
  const chunks = resample(planes, {
    from: format.sampleRate,
    to: options.sampleRate ?? format.sampleRate,
    mono: options.mono ?? false,
  });
  return {
    [Symbol.asyncIterator]: () => chunks,
    fraction: () => (tally.ended ? 1 : Math.min(1, tally.position / file.bytes)),
    report() {
      if (!tally.ended) throw new Error('The recording has not been read to its end');
      return reportOf(opened, tally);
    },
  };
}

const silenceBlock = 65_536;
/** Samples that are handed on together: a fifth of a second of most recordings. */
const blockSamples = 8192;

async function* readPlanes(
  { path, file, format, signal }: Opened,
  tally: Tally,
): AsyncGenerator<Planes, void, undefined> {
  signal?.throwIfAborted();
  const place = createPlacement(limitsOf(format));
  const pause = longestPause(format);
  const blocks = createBlocks(blockSamples);
  const pace = createPacer();
  for (const step of decodeSteps(path, openInput(path, file))) {
    tally.errors = step.errors;
    tally.position = Math.max(tally.position, step.position);
    for (const { start, planes, samples } of step.frames) {
      const gap = place(start, samples);
      if (gap > pause) tally.lost += gap;
      tally.decoded += samples;
      tally.samples += gap + samples;
      for (const part of afterSilence(gap, planes)) {
        const block = blocks.add(part);
        if (block !== null) yield block;
      }
    }
    await pace();
    signal?.throwIfAborted();
  }
  const rest = blocks.rest();
  if (rest !== null) yield rest;
  if (tally.decoded === 0) {
    throw new UndertoneError('audio-damaged', { subject: path, detail: 'not one sample' });
  }
  tally.ended = true;
}

function* afterSilence(gap: number, planes: Planes): Generator<Planes, void, undefined> {
  for (let left = gap; left > 0; left -= silenceBlock) {
    yield planes.map(() => new Float32Array(Math.min(left, silenceBlock)));
  }
  yield planes;
}

function formatOf(input: Input, { promisedBytes }: Ending, uncertainStart: number): AudioFormat {
  const { container, codec, sampleRate, channels, bitsPerSample } = input;
  const bitRate = codec.startsWith('pcm_') ? bitsPerSample * channels * sampleRate : 0;
  const promised = promisedBytes === null || bitRate === 0 ? null : (promisedBytes * 8) / bitRate;
  return {
    container,
    codec,
    sampleRate,
    channels,
    declaredSeconds: promised ?? input.headerSeconds,
    uncertainStartSeconds: uncertainStart,
  };
}

function limitsOf({
  codec,
  sampleRate,
  declaredSeconds,
}: AudioFormat): Parameters<typeof createPlacement>[0] {
  return {
    // Vorbis frames are stamped up to a quarter of the longest block late; others by less than half a packet.
    tolerance: codec === 'vorbis' ? 2048 : Math.round(0.008 * sampleRate),
    longestGap: Math.round(Math.min(declaredSeconds ?? Infinity, 3600) * sampleRate),
    restart: sampleRate,
  };
}

/**
 * Samples of silence that a file of this kind may hold without being damaged. Opus sends a packet at least every
 * 400 ms when nobody speaks (RFC 6716, 2.1.9), and an mp4 says itself where it has pauses.
 */
function longestPause({ container, sampleRate }: AudioFormat): number {
  if (container === 'mp4') return Infinity;
  return container === 'webm' ? 0.42 * sampleRate : 0;
}

/** Seconds by which a whole file may be shorter than it says: encoders count their padding in. */
const allowedShortfall = { lossless: 0.01, lossy: 0.25 } as const;

function reportOf({ format, ending }: Opened, tally: Tally): DecodeReport {
  const { sampleRate, declaredSeconds, container } = format;
  const lossless = container === 'wav' || container === 'aiff' || container === 'flac';
  const allowed = allowedShortfall[lossless ? 'lossless' : 'lossy'];
  const shortfall = (declaredSeconds ?? 0) - tally.samples / sampleRate;
  return {
    samples: tally.samples,
    decodedSeconds: tally.decoded / sampleRate,
    declaredSeconds,
    decodeErrors: tally.errors,
    damaged: tally.errors > 0 || tally.lost > 0 || ending.cutOff || shortfall > allowed,
  };
}
