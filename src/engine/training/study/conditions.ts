import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemCode } from '#files/file-errors.ts';
import { toWav } from '#engine/audio/wav.ts';
import { decodeClip } from '#engine/clips/hear-clip.ts';
import { sampleRate } from '#engine/features/frames.ts';
import type { Span } from '#shared/domain/time.ts';
import { addNoise } from '../augment/noise.ts';
import { createRandom } from '../random.ts';
import { bandPass } from './biquad.ts';
import { addRoom } from './room.ts';

/** A clip before it is made worse. */
interface Sound {
  /** Mono, 16 kHz. */
  readonly samples: Float32Array;
  /** Stretches of speech in samples. */
  readonly spans: readonly Span[];
}

/** One way in which recordings are worse than a studio's. */
export interface Condition {
  readonly name: string;
  readonly apply: (sound: Sound, seed: string) => Float32Array | Promise<Float32Array>;
}

/** The only condition that needs a program of its own. */
const mp3: Condition = {
  name: 'mp3 at 32 kbit/s',
  apply: ({ samples }) => throughMp3(samples, 32),
};

/** Conditions that can be made here, and those that cannot, with the reason. */
export async function availableConditions(): Promise<{
  readonly conditions: readonly Condition[];
  readonly leftOut: readonly string[];
}> {
  try {
    await promisify(execFile)('lame', ['--version']);
    return { conditions: [...conditions, mp3], leftOut: [] };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return { conditions, leftOut: [`${mp3.name}: the program lame is not installed`] };
  }
}

/** What docs/RESULTS.md lists; the noise is pink-ish (most of it low), the room a small hall. */
const conditions: readonly Condition[] = [
  { name: 'as recorded', apply: ({ samples }) => samples },
  ...[20, 10, 5].map((snr) => noise(snr)),
  {
    name: 'telephone band (300 to 3400 Hz)',
    apply: ({ samples }) => bandPass(samples, 300, 3400),
  },
  {
    name: 'reverberation (0.6 s)',
    apply: ({ samples }, seed) => addRoom(samples, 0.6, createRandom('room', seed)),
  },
  { name: '20 dB louder, clipped', apply: ({ samples }) => samples.map((s) => clip(s * 10)) },
  { name: '20 dB softer', apply: ({ samples }) => samples.map((sample) => sample / 10) },
];

function noise(snr: number): Condition {
  return {
    name: `noise, ${snr} dB`,
    apply: ({ samples, spans }, seed) =>
      addNoise(samples, spans, { snr, colour: 0.8 }, createRandom('noise', snr, seed)),
  };
}

function clip(sample: number): number {
  return Math.max(-1, Math.min(1, sample));
}

/** There and back through the encoder `lame`, which must be installed. */
async function throughMp3(samples: Float32Array, kilobits: number): Promise<Float32Array> {
  const folder = await mkdtemp(join(tmpdir(), 'mp3-'));
  try {
    const [wav, mp3] = [join(folder, 'clip.wav'), join(folder, 'clip.mp3')];
    await writeFile(wav, toWav([samples], sampleRate, 'int16'));
    await promisify(execFile)('lame', ['--quiet', '-b', String(kilobits), wav, mp3]);
    return await decodeClip(mp3);
  } finally {
    await rm(folder, { recursive: true });
  }
}
