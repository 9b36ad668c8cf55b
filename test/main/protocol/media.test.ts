import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveMedia } from '../../../src/main/protocol/media.ts';

const wav = path.resolve('test/fixtures/emodb/03a04Fd.wav');

async function bytesOf(response: Response | undefined): Promise<Buffer> {
  if (!response) throw new Error('There was no answer.');
  return Buffer.from(await response.arrayBuffer());
}

describe('serveMedia', () => {
  it('answers with the whole file where no part is asked for', async () => {
    const response = await serveMedia(wav, null);
    expect(response?.status).toBe(200);
    expect(response?.headers.get('content-type')).toBe('audio/wav');
    expect(response?.headers.get('accept-ranges')).toBe('bytes');
    expect((await bytesOf(response)).equals(await readFile(wav))).toBe(true);
  });

  it('answers with exactly the part asked for', async () => {
    const whole = await readFile(wav);
    const response = await serveMedia(wav, 'bytes=1000-1999');
    expect(response?.status).toBe(206);
    expect(response?.headers.get('content-range')).toBe(`bytes 1000-1999/${whole.length}`);
    expect(response?.headers.get('content-length')).toBe('1000');
    expect((await bytesOf(response)).equals(whole.subarray(1000, 2000))).toBe(true);
  });

  it('says how long the file is where the part lies beyond it', async () => {
    const { length } = await readFile(wav);
    const response = await serveMedia(wav, `bytes=${length}-`);
    expect(response?.status).toBe(416);
    expect(response?.headers.get('content-range')).toBe(`bytes */${length}`);
  });

  it.each(['test/fixtures/emodb', 'test/fixtures/no-such-file.wav'])(
    'has no answer for %s, which is no file',
    async (place) => {
      expect(await serveMedia(path.resolve(place), null)).toBeUndefined();
    },
  );
});
