import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createDecodingThread } from '#engine/audio/aside/decoding-thread.ts';
import { openAudio, type OpenAudio, type ReadOptions } from '#engine/audio/decode.ts';
import { join32 } from '#shared/domain/float32.ts';
import { makeWav } from '../../support/make-wav.ts';
import { whiteNoise } from '../../support/sound.ts';
import { clip, fixture, temporaryFolder } from './support.ts';

const thread = createDecodingThread();
afterAll(thread.close);
const folder = temporaryFolder();

const forAnalysis: ReadOptions = { sampleRate: 16_000, mono: true };

async function hear(open: OpenAudio, path: string, options = forAnalysis): Promise<unknown> {
  const source = await open(path);
  const reading = source.read(options);
  const parts: (readonly Float32Array[])[] = [];
  for await (const planes of reading) parts.push(planes);
  const channels = parts[0]?.map((_, channel) =>
    join32(parts.map((part) => part[channel] ?? new Float32Array())),
  );
  return {
    format: source.format,
    // Hashes: comparing millions of numbers takes the test runner half a minute.
    channels: channels?.map((samples) => createHash('sha256').update(samples).digest('hex')),
    fraction: reading.fraction(),
    report: reading.report(),
  };
}

describe('a thread that decodes', () => {
  it.each([clip, fixture('speech-vbr.mp3'), fixture('speech-opus.webm'), fixture('speech.flac')])(
    'gives what decoding here gives: %s',
    async (path) => {
      expect(await hear(thread.open, path)).toEqual(await hear(openAudio, path));
    },
  );

  it('gives all channels at the rate of the file to whoever asks for nothing else', async () => {
    const sides = [whiteNoise(3 * 44_100, 0.1), whiteNoise(3 * 44_100, 0.3)];
    const path = await folder.write(
      'sides.wav',
      makeWav(sides, { format: 's24', sampleRate: 44_100 }),
    );
    expect(await hear(thread.open, path, {})).toEqual(await hear(openAudio, path, {}));
  });

  it('reads several recordings at a time, each in its order', async () => {
    const noise = whiteNoise(50 * 48_000, 0.1);
    const long = await folder.write(
      'long.wav',
      makeWav([noise], { format: 's16', sampleRate: 48_000 }),
    );
    const paths = [long, clip, long];
    const together = await Promise.all(paths.map((path) => hear(thread.open, path)));
    expect(together).toEqual(await Promise.all(paths.map((path) => hear(openAudio, path))));
  });

  it('refuses what decoding here refuses, in the same words', async () => {
    const text = await folder.write('text.wav', 'these are words, and no sound');
    for (const path of [text, folder.path('nowhere.wav')]) {
      const here = await openAudio(path).catch((error: unknown) => error);
      const { code, message } = here as { readonly code: string; readonly message: string };
      await expect(thread.open(path)).rejects.toMatchObject({ code, message });
    }
  });

  it('stops at once when it is told to, and goes on with others', async () => {
    const noise = whiteNoise(30 * 48_000, 0.1);
    const long = folder.path('stopped.wav');
    await writeFile(long, makeWav([noise], { format: 's16', sampleRate: 48_000 }));
    const controller = new AbortController();
    const source = await thread.open(long, { signal: controller.signal });
    const reading = source.read(forAnalysis);
    const reason = new Error('enough');
    const running = (async () => {
      for await (const planes of reading) if (planes.length > 0) controller.abort(reason);
    })();
    await expect(running).rejects.toBe(reason);
    expect(() => reading.report()).toThrow('not been read to its end');
    expect(await hear(thread.open, clip)).toEqual(await hear(openAudio, clip));
  });
});
