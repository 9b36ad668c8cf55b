import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  FF_ENCODER_AAC,
  FF_ENCODER_FLAC,
  FF_ENCODER_LIBFDK_AAC,
  FF_ENCODER_LIBMP3LAME,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_LIBVORBIS,
  FF_ENCODER_PCM_S16LE,
} from 'node-av/constants';
import { openAudio } from '#engine/audio/decode.ts';
import { encodeFile, type Encoding } from '../../support/encode.ts';
import { whiteNoise } from '../../support/sound.ts';
import { decode, fixture, lateness, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const seconds = 12;

/** Noise that no encoder finds too high to keep. */
function rumble(samples: number): Float32Array {
  let last = 0;
  return whiteNoise(samples).map((sample) => (last = 0.8 * last + 0.2 * sample));
}

interface Heard {
  readonly uncertainStart: number;
  /** In seconds, at 1 %, in the middle and at 99 %. */
  readonly late: readonly number[];
  readonly sampleRate: number;
}

async function hear(name: string, channels: number, encoding: Encoding): Promise<Heard> {
  const { sampleRate } = encoding;
  const sound = rumble(seconds * sampleRate);
  const path = folder.path(`${channels} of ${encoding.encoder} at ${sampleRate} ${name}`);
  encodeFile(
    path,
    channels === 1 ? [sound] : [sound, sound.map((sample) => 0.5 * sample)],
    encoding,
  );
  const { format, planes } = await decode(path);
  expect(format).toMatchObject({ sampleRate, channels });
  const late = [0.01, 0.5, 0.99].map((share) => {
    const centre = Math.round(share * sound.length);
    const found = lateness(planes[0] ?? sound, sound, { centre, width: 800, reach: 2800 });
    expect(found.likeness).toBeGreaterThan(0.8);
    return found.late;
  });
  return { uncertainStart: format.uncertainStartSeconds, late, sampleRate };
}

const noTag = { options: { write_xing: '0' } };
const noEditList = { options: { use_editlist: '0' } };
const lame = { encoder: FF_ENCODER_LIBMP3LAME, bitRate: 128_000n };
const lameVbr = { encoder: FF_ENCODER_LIBMP3LAME, quality: 4 };
const aac = { encoder: FF_ENCODER_AAC, bitRate: 96_000n };
const fraunhofer = { encoder: FF_ENCODER_LIBFDK_AAC, bitRate: 96_000n };

describe('a file that does not say how much its encoder added', () => {
  const cases = [
    ['a.mp3', 1, { ...lame, ...noTag, sampleRate: 44_100 }, 1105],
    ['a.mp3', 2, { ...lame, ...noTag, sampleRate: 48_000 }, 1105],
    ['v.mp3', 1, { ...lameVbr, ...noTag, sampleRate: 22_050 }, 1105],
    ['v.mp3', 2, { ...lameVbr, ...noTag, sampleRate: 44_100 }, 1105],
    ['a.wav', 1, { ...lame, sampleRate: 44_100 }, 1105],
    ['a.aac', 1, { ...aac, sampleRate: 16_000 }, 1024],
    ['a.aac', 2, { ...aac, sampleRate: 44_100 }, 1024],
    ['a.m4a', 1, { ...aac, ...noEditList, sampleRate: 44_100 }, 1024],
    ['a.m4a', 2, { ...aac, ...noEditList, sampleRate: 48_000 }, 1024],
    ['f.m4a', 2, { ...fraunhofer, ...noEditList, sampleRate: 44_100 }, 2048],
  ] as const;

  it.each(cases)(
    '%s (%i channels, %o) is late by the same everywhere',
    async (name, channels, encoding, wanted) => {
      const { uncertainStart, late, sampleRate } = await hear(name, channels, encoding);
      for (const found of late) expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1);
      expect(uncertainStart * sampleRate).toBeGreaterThanOrEqual(Math.max(...late));
      // What is told is of the size of what is there.
      expect(uncertainStart * sampleRate).toBeLessThan(3 * wanted);
    },
  );
});

describe('a file that says it, or whose encoder adds nothing', () => {
  const cases = [
    ['a.mp3', 1, { ...lame, sampleRate: 44_100 }],
    ['v.mp3', 2, { ...lameVbr, sampleRate: 22_050 }],
    ['a.m4a', 1, { ...aac, sampleRate: 44_100 }],
    ['f.m4a', 2, { ...fraunhofer, sampleRate: 48_000 }],
    ['a.mka', 2, { ...aac, sampleRate: 44_100 }],
    ['a.wav', 2, { encoder: FF_ENCODER_PCM_S16LE, sampleRate: 44_100 }],
    ['a.flac', 1, { encoder: FF_ENCODER_FLAC, sampleRate: 48_000 }],
    ['a.ogg', 2, { encoder: FF_ENCODER_LIBVORBIS, bitRate: 128_000n, sampleRate: 44_100 }],
    ['a.opus', 1, { encoder: FF_ENCODER_LIBOPUS, bitRate: 96_000n, sampleRate: 48_000 }],
    ['a.webm', 2, { encoder: FF_ENCODER_LIBOPUS, bitRate: 96_000n, sampleRate: 48_000 }],
  ] as const;

  it.each(cases)('%s (%i channels, %o) starts at time 0', async (name, channels, encoding) => {
    const { uncertainStart, late } = await hear(name, channels, encoding);
    for (const found of late) expect(Math.abs(found)).toBeLessThanOrEqual(1);
    expect(uncertainStart).toBe(0);
  });
});

it('is told of just those of the clips in every format that need it', async () => {
  const uncertain: string[] = [];
  for (const name of await readdir(fixture(''))) {
    if (!name.startsWith('speech')) continue;
    const { format } = await openAudio(fixture(name));
    if (format.uncertainStartSeconds > 0) uncertain.push(name);
  }
  expect(uncertain.toSorted()).toEqual([
    'speech-adts.aac',
    'speech-cbr-untagged.mp3',
    'speech-vbr-untagged.mp3',
  ]);
});
