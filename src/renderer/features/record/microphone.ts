import { UndertoneError } from '#shared/contract/errors.ts';
import type { SoundShape } from '#shared/contract/live.ts';
import { createBlockMaker, type SoundBlock } from './blocks.ts';

declare global {
  interface Window {
    /** TypeScript's DOM library does not know it for sound. */
    readonly MediaStreamTrackProcessor: new (options: {
      readonly track: MediaStreamTrack;
      readonly maxBufferSize: number;
    }) => { readonly readable: ReadableStream<AudioData> };
  }
}

/** A microphone that is on. */
export interface Microphone {
  /** As the system calls it. */
  readonly name: string;
  readonly deviceId: string;
  /** As the device gives it, without resampling. */
  readonly shape: SoundShape;
  readonly close: () => void;
}

export interface MicrophoneListener {
  readonly onBlock: (block: SoundBlock) => void;
  /** The device was taken away; not told after `close`. */
  readonly onLost: () => void;
}

/** Chunks of 10 ms that may wait while the page is busy: 30 s. */
const mostWaiting = 3000;
const firstSoundMilliseconds = 5_000;

/**
 * Turns a microphone on, as it is: nothing is cancelled, suppressed or levelled.
 *
 * The sound is taken from the track itself, chunk by chunk as the device delivers it. An audio graph (AudioWorklet)
 * would run on the clock of the loudspeakers instead, and make up for the difference of the two clocks by
 * dropping and repeating samples: a click every few minutes of a long recording.
 *
 * @param deviceId empty for the system's choice
 * @throws UndertoneError `microphone-refused`, `microphone-missing` or `microphone-busy`
 */
export async function openMicrophone(
  deviceId: string,
  listener: MicrophoneListener,
): Promise<Microphone> {
  const track = await askForTrack(deviceId);
  const processor = new window.MediaStreamTrackProcessor({ track, maxBufferSize: mostWaiting });
  const reader = processor.readable.getReader();
  let isClosed = false;
  const close = (): void => {
    isClosed = true;
    track.stop();
    void reader.cancel();
  };
  try {
    const first = await firstChunk(reader);
    const shape = { sampleRate: first.sampleRate, channels: Math.min(2, first.numberOfChannels) };
    const make = createBlockMaker(shape, listener.onBlock);
    make(first);
    void readOn(reader, make).then(() => {
      if (!isClosed) listener.onLost();
    });
    return { name: track.label, deviceId: track.getSettings().deviceId ?? '', shape, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function askForTrack(deviceId: string): Promise<MediaStreamTrack> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
      },
    });
    const [track] = stream.getAudioTracks();
    if (!track) throw new UndertoneError('microphone-missing');
    return track;
  } catch (error) {
    // One that was chosen earlier and is not plugged in today.
    if (deviceId && nameOf(error) === 'OverconstrainedError') return askForTrack('');
    throw toMicrophoneError(error);
  }
}

function toMicrophoneError(error: unknown): unknown {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new UndertoneError('microphone-refused', { cause: error });
    case 'NotFoundError':
      return new UndertoneError('microphone-missing', { cause: error });
    case 'NotReadableError':
    case 'AbortError': {
      const detail = error instanceof Error ? error.message : '';
      return new UndertoneError('microphone-busy', { detail, cause: error });
    }
    default:
      return error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : '';
}

type Reader = ReadableStreamDefaultReader<AudioData>;

async function firstChunk(reader: Reader): Promise<AudioData> {
  const silence = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new UndertoneError('microphone-busy', { detail: 'it gives no sound' }));
    }, firstSoundMilliseconds);
  });
  const { value } = await Promise.race([reader.read(), silence]);
  if (!value) throw new UndertoneError('microphone-busy', { detail: 'it ended at once' });
  return value;
}

async function readOn(reader: Reader, make: (chunk: AudioData) => void): Promise<void> {
  for (;;) {
    const { value } = await reader.read();
    if (!value) return;
    make(value);
  }
}
