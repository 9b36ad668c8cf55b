import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openAudio } from '#engine/audio/decode.ts';
import { join32 } from '#shared/domain/float32.ts';

const fixtures = fileURLToPath(new URL('../test/fixtures/emodb', import.meta.url));
const rate = 16_000;
const pause = new Float32Array(0.8 * rate);

/** Ten sentences of EMO-DB (CC0) with pauses between, mono at 16 kHz: half a minute that longer recordings repeat. */
export async function speech(): Promise<Float32Array> {
  const names = (await readdir(fixtures)).filter((name) => name.endsWith('.wav')).sort();
  const parts: Float32Array[] = [];
  for (const name of names) {
    const source = await openAudio(join(fixtures, name));
    for await (const [samples] of source.read({ sampleRate: rate, mono: true })) {
      if (samples) parts.push(samples);
    }
    parts.push(pause);
  }
  return join32(parts);
}

/** The sentences over and over, cut to length. */
export function repeated(sentences: Float32Array, seconds: number): Float32Array {
  const samples = new Float32Array(seconds * rate);
  for (let at = 0; at < samples.length; at += sentences.length) {
    samples.set(sentences.subarray(0, samples.length - at), at);
  }
  return samples;
}

/** Writes hours of speech as 16-bit wav, mono at 16 kHz. */
export async function writeWav(
  path: string,
  sentences: Float32Array,
  seconds: number,
): Promise<void> {
  const total = seconds * rate;
  const pcm = Buffer.from(Int16Array.from(sentences, (sample) => sample * 32_767).buffer);
  const file = createWriteStream(path);
  file.write(wavHeader(2 * total));
  for (let left = 2 * total; left > 0; left -= pcm.length) {
    if (!file.write(pcm.subarray(0, Math.min(left, pcm.length)))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/**
 * By ffmpeg, as recorders write it: 44.1 kHz, stereo, 128 kbit/s. Null where there is no ffmpeg.
 *
 * @param times how often the file's sound follows upon itself; it is encoded once
 */
export async function encodeMp3(wav: string, to: string, times = 1): Promise<string | null> {
  const quality = ['-ar', '44100', '-ac', '2', '-b:a', '128k'];
  const once = `${to}.once.mp3`;
  const ffmpeg = (...args: readonly string[]): Promise<unknown> =>
    promisify(execFile)('ffmpeg', ['-v', 'error', ...args]);
  try {
    await ffmpeg('-i', wav, ...quality, once);
    await ffmpeg('-stream_loop', String(times - 1), '-i', once, '-c', 'copy', to);
    await rm(once);
    return to;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  return header;
}
