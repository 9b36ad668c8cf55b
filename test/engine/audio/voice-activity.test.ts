import { describe, expect, it } from 'vitest';
import { activityChunk, createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { emodbClips } from '../../support/emodb.ts';
import { quantised, whiteNoise } from '../../support/sound.ts';
import { join32 } from '#shared/domain/float32.ts';

const clips = emodbClips();
const rate = 16_000;

/** Clips one after another with two seconds of faint noise between, and where each chunk's truth lies. */
function conversation(times: number): {
  readonly samples: Float32Array;
  readonly spoken: boolean[];
} {
  const pause = whiteNoise(2 * rate, 0.001);
  const parts = Array.from({ length: times }, () => clips)
    .flat()
    .flatMap(({ samples }) => [pause, samples]);
  const samples = join32([...parts, pause]);
  const spoken = new Array<boolean>(Math.ceil(samples.length / activityChunk)).fill(false);
  let at = 0;
  for (const part of parts) {
    if (part !== pause) spoken.fill(true, at / activityChunk, (at + part.length) / activityChunk);
    at += part.length;
  }
  return { samples, spoken };
}

async function judge(
  samples: Float32Array,
  options: { portable?: boolean; part?: number; chunksTogether?: number } = {},
): Promise<Float32Array> {
  const { portable = false, part = samples.length, ...stream } = options;
  const voice = await createVoiceActivity({ portable });
  try {
    const listener = voice.stream(stream);
    const heard = [];
    for (let at = 0; at < samples.length; at += part) {
      heard.push(await listener.push(samples.subarray(at, at + part)));
    }
    return join32([...heard, await listener.finish()]);
  } finally {
    await voice.dispose();
  }
}

function furthest(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 0))), 0);
}

describe('voice activity', () => {
  it('tells speech from pauses', async () => {
    const { samples, spoken } = conversation(1);
    const heard = await judge(samples);
    expect(heard).toHaveLength(spoken.length);
    const right = spoken.filter((truth, chunk) => truth === (heard[chunk] ?? 0) > 0.5).length;
    expect(right / spoken.length).toBeGreaterThan(0.9);
  });

  it('gives the same answer to the same speech 20 dB quieter', async () => {
    const { samples } = conversation(1);
    const loud = await judge(samples);
    expect(furthest(await judge(samples.map((sample) => sample / 10)), loud)).toBeLessThan(1e-3);
    const asFile = await judge(quantised(samples, 0.1));
    const changed = asFile.filter(
      (value, chunk) => value > 0.5 !== (loud[chunk] ?? 0) > 0.5,
    ).length;
    expect(changed / loud.length).toBeLessThan(0.01);
  });

  it.each([
    ['silence', new Float32Array(5 * rate)],
    ['noise', whiteNoise(5 * rate, 0.3)],
    ['faint noise', whiteNoise(5 * rate, 0.0005)],
    [
      'a hum',
      Float32Array.from({ length: 5 * rate }, (_, at) => 0.2 * Math.sin((at * 2 * Math.PI) / 320)),
    ],
  ])('finds nobody in %s', async (_, samples) => {
    expect(Math.max(...(await judge(samples)))).toBeLessThan(0.2);
  });

  it('gives the same answer whether the sound comes whole or in parts, also over several blocks', async () => {
    const { samples } = conversation(7);
    expect(samples.length).toBeGreaterThan(262.2 * rate);
    const whole = await judge(samples);
    expect(whole).toHaveLength(Math.ceil(samples.length / activityChunk));
    expect(await judge(samples, { part: 7777 })).toEqual(whole);
  });

  it('answers as soon as it is asked to', async () => {
    const voice = await createVoiceActivity();
    const stream = voice.stream({ chunksTogether: 4 });
    const { samples } = conversation(1);
    expect(await stream.push(samples.subarray(0, 4 * activityChunk - 1))).toHaveLength(0);
    expect(await stream.push(samples.subarray(0, 1))).toHaveLength(4);
    await voice.dispose();
    // The level is known as surely after the first words.
    const [early, late] = [await judge(samples, { chunksTogether: 4 }), await judge(samples)];
    const changed = late.filter((value, at) => value > 0.5 !== (early[at] ?? 0) > 0.5).length;
    expect(changed / late.length).toBeLessThan(0.05);
  });

  it('has one number for each chunk, the last one counted', async () => {
    expect(await judge(new Float32Array(0))).toHaveLength(0);
    expect(await judge(new Float32Array(1))).toHaveLength(1);
    expect(await judge(new Float32Array(1025))).toHaveLength(3);
  });

  it('answers alike without native code', async () => {
    const voice = await createVoiceActivity({ portable: true });
    expect(voice.kind).toBe('portable');
    await voice.dispose();
    const samples = join32(clips.slice(0, 2).map((clip) => clip.samples));
    const native = await judge(samples);
    expect(furthest(await judge(samples, { portable: true }), native)).toBeLessThan(1e-3);
  });
});
