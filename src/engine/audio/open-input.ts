import { resolve } from 'node:path';
import { AVDISCARD_ALL, AVMEDIA_TYPE_AUDIO, AV_LOG_QUIET, AV_NOPTS_VALUE } from 'node-av/constants';
import { avGetCodecName, Dictionary, FFmpegError, FormatContext, Log } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import { UndertoneError } from '#shared/contract/errors.ts';
import { containerOf, hasAudioSignature, openOptions } from './containers.ts';
import type { Container } from './containers.ts';
import type { CheckedFile } from './check-file.ts';

// FFmpeg writes about damaged files to the terminal of whoever runs us; what matters is counted and reported.
Log.setLevel(AV_LOG_QUIET);

/** A file opened by FFmpeg, with its audio stream. Whoever opens it closes it. */
export interface Input {
  readonly demuxer: FormatContext;
  readonly stream: Stream;
  readonly container: Container;
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bits that a sample takes in the file, 0 where that varies. */
  readonly bitsPerSample: number;
  /** Length that the header states, in seconds; never one that FFmpeg guesses from the bit rate. */
  readonly headerSeconds: number | null;
}

/** Chromium plays no other rates, and a header that claims one lies. */
const plausibleRate = { least: 3000, most: 384_000 };
/** What node-av hands over of a frame, flac holds and Chromium plays. */
const mostChannels = 8;

/** @throws UndertoneError not-audio, no-audio-track, audio-damaged */
export function openInput(path: string, file: CheckedFile): Input {
  const demuxer = new FormatContext();
  try {
    // Absolute and with its protocol, so that no name of a file is taken for an address or an option.
    const address = `file:${resolve(path)}`;
    const opened = openWith(demuxer, address);
    if (opened < 0) throw unreadable(path, file, FFmpegError.strerror(opened).toLowerCase());
    return describe(path, file, demuxer);
  } catch (error) {
    closeInput({ demuxer });
    throw error;
  }
}

export function closeInput({ demuxer }: Pick<Input, 'demuxer'>): void {
  demuxer.closeInputSync();
}

/** A timestamp or duration in units of `stream.timeBase`, in seconds; null where there is none. */
export function secondsOf(ticks: bigint, { timeBase }: Pick<Stream, 'timeBase'>): number | null {
  return ticks === AV_NOPTS_VALUE ? null : (Number(ticks) * timeBase.num) / timeBase.den;
}

/** The last timestamp in units of `stream.timeBase` that is not after a time in seconds. */
export function ticksOf(seconds: number, { timeBase }: Pick<Stream, 'timeBase'>): bigint {
  return BigInt(Math.floor((seconds * timeBase.den) / timeBase.num));
}

function openWith(demuxer: FormatContext, address: string): number {
  const options = Dictionary.fromObject(openOptions);
  try {
    return demuxer.openInputSync(address, null, options);
  } finally {
    options.free();
  }
}

function describe(path: string, file: CheckedFile, demuxer: FormatContext): Input {
  const container = containerOf(demuxer.iformat?.name ?? null);
  if (container === undefined) {
    throw new UndertoneError('not-audio', { subject: path, detail: 'a format that is not read' });
  }
  const header = headerSeconds(demuxer);
  demuxer.findStreamInfoSync(null);
  const stream = audioStream(path, file, demuxer);
  const { codecId, sampleRate, channelLayout, bitsPerCodedSample } = stream.codecpar;
  const channels = channelLayout.nbChannels;
  const codec = avGetCodecName(codecId) ?? 'unknown';
  if (sampleRate < plausibleRate.least || sampleRate > plausibleRate.most) {
    throw new UndertoneError('audio-damaged', { subject: path, detail: `${sampleRate} Hz` });
  }
  if (channels < 1 || channels > mostChannels) {
    const detail = `${channels} channels, where 1 to ${mostChannels} are read`;
    throw new UndertoneError('not-audio', { subject: path, detail });
  }
  return {
    ...{ demuxer, stream, container, codec, sampleRate, channels },
    bitsPerSample: bitsPerCodedSample,
    headerSeconds: header.get(stream.index) ?? null,
  };
}

/**
 * Lengths by stream, read before FFmpeg looks at the stream: afterwards guesses stand in the same fields. A file
 * with one stream may state its length for the whole only (Matroska).
 */
function headerSeconds(demuxer: FormatContext): ReadonlyMap<number, number> {
  const streams = demuxer.streams;
  const lengths = streams.map((stream): [number, number] => {
    const whole = streams.length === 1 ? demuxer.duration : AV_NOPTS_VALUE;
    const wholeSeconds = whole === AV_NOPTS_VALUE ? 0 : Number(whole) / 1e6;
    return [stream.index, secondsOf(stream.duration, stream) ?? wholeSeconds];
  });
  return new Map(lengths.filter(([, seconds]) => seconds > 0));
}

function audioStream(path: string, file: CheckedFile, demuxer: FormatContext): Stream {
  const streams = demuxer.streams;
  const best = demuxer.findBestStream(AVMEDIA_TYPE_AUDIO);
  for (const stream of streams) if (stream.index !== best) stream.discard = AVDISCARD_ALL;
  const stream = streams.find(({ index }) => index === best);
  if (stream !== undefined) return stream;
  // A track of sound that is not the best of one has no rate or no channels: nothing in it can be decoded.
  const silent = streams.some(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO);
  if (silent || streams.length === 0) throw unreadable(path, file, 'no sound can be found');
  throw new UndertoneError('no-audio-track', { subject: path });
}

/** A file that begins as one of ours is damaged; any other is something else. */
function unreadable(path: string, file: CheckedFile, detail: string): UndertoneError {
  return hasAudioSignature(file.head)
    ? new UndertoneError('audio-damaged', { subject: path, detail })
    : new UndertoneError('not-audio', { subject: path, detail: 'unknown format' });
}
