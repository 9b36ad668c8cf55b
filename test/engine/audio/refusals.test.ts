import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openAudio } from '#engine/audio/decode.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import { makeWav } from '../../support/make-wav.ts';
import type { WavShape } from '../../support/make-wav.ts';
import { clip, decode, fixture, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const hasPosix = process.platform !== 'win32';

async function refusal(path: string): Promise<unknown> {
  const error: unknown = await decode(path).then(
    () => 'was read',
    (reason: unknown) => reason,
  );
  if (!(error instanceof UndertoneError)) return error;
  expect(error.message).toContain(path);
  return error.code;
}

describe('what is no recording is refused by name', () => {
  it.each([
    ['text.wav', 'Dear diary, '.repeat(900)],
    ['text.mp3', 'Dear diary, '.repeat(900)],
    ['utf16.mp3', Buffer.from(`\ufeff${'Dear diary, '.repeat(900)}`, 'utf16le')],
    ['zeros.mp3', new Uint8Array(100_000)],
    ['page.flac', '<html><body>404</body></html>'.repeat(100)],
    ['one-byte.wav', 'R'],
  ])('%s', async (name, content) => {
    expect(await refusal(await folder.write(name, content))).toBe('not-audio');
  });

  it('an empty file', async () => {
    expect(await refusal(await folder.write('empty.wav', ''))).toBe('file-empty');
  });

  it('a film without sound', async () => {
    expect(await refusal(fixture('picture-only.mp4'))).toBe('no-audio-track');
  });

  it('a path where nothing is, or only a link to nothing', async () => {
    expect(await refusal(folder.path('nothing.wav'))).toBe('file-missing');
    expect(await refusal(`${clip}/inside.wav`)).toBe('file-missing');
    await symlink(folder.path('nothing.wav'), folder.path('dangling.wav'));
    expect(await refusal(folder.path('dangling.wav'))).toBe('file-missing');
  });

  it('a folder', async () => {
    await mkdir(folder.path('folder.wav'));
    expect(await refusal(folder.path('folder.wav'))).toBe('not-audio');
  });

  it.runIf(hasPosix)('a device that never ends, a pipe that never begins', async () => {
    expect(await refusal('/dev/zero')).toBe('not-audio');
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', folder.path('pipe.wav')]);
    expect(await refusal(folder.path('pipe.wav'))).toBe('not-audio');
  });

  it.runIf(hasPosix && process.getuid?.() !== 0)('a file without permission', async () => {
    const path = await folder.write('locked.wav', await readFile(clip));
    await chmod(path, 0o000);
    expect(await refusal(path)).toBe('file-forbidden');
  });
});

describe('a file that names others', () => {
  it.each([
    [
      'hls.mp3',
      (target: string) =>
        `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${target}\n#EXT-X-ENDLIST\n`,
    ],
    ['concat.wav', (target: string) => `ffconcat version 1.0\nfile '${target}'\n`],
    [
      'session.mp3',
      (target: string) =>
        `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\na=${target}\n`,
    ],
    [
      'dash.m4a',
      (target: string) =>
        `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${target}</BaseURL></MPD>`,
    ],
  ])('%s is refused though what it names could be read', async (name, content) => {
    await copyFile(fixture('speech-cbr.mp3'), folder.path('canary.mp3'));
    const path = await folder.write(name, content(folder.path('canary.mp3')));
    expect(await refusal(path)).toBe('not-audio');
  });
});

describe('a name that means something to FFmpeg', () => {
  it
    .runIf(hasPosix)
    .each(['-i.wav', 'concat:a|b.wav', 'http:,,x.wav', '%03d.wav', 'a "b" \'c\'\n.wav'])(
    '%j is only a name',
    async (name) => {
      const path = await folder.write(name, await readFile(clip));
      expect((await openAudio(path)).format.container).toBe('wav');
    },
  );
});

describe('a header that lies', () => {
  const sound = [new Float32Array(4000)];
  it.each<[string, WavShape['claimed'], string]>([
    ['no rate', { sampleRate: 0 }, 'audio-damaged'],
    ['1 Hz', { sampleRate: 1 }, 'audio-damaged'],
    ['4 GHz', { sampleRate: 4_000_000_000 }, 'audio-damaged'],
    ['no channels', { channels: 0 }, 'audio-damaged'],
    ['9 channels', { channels: 9 }, 'not-audio'],
    ['65,535 channels', { channels: 65_535 }, 'audio-damaged'],
  ])('%s', async (name, claimed = {}, code) => {
    const bytes = makeWav(sound, { format: 's16', sampleRate: 16_000, claimed });
    expect(await refusal(await folder.write(`${name}.wav`, bytes))).toBe(code);
  });

  it.each([
    'speech-aac.m4a',
    'speech.flac',
    'speech-vorbis.ogg',
    'speech-opus.webm',
    'speech-cbr.mp3',
  ])('of %s with nothing behind it', async (name) => {
    const head = (await readFile(fixture(name))).subarray(0, 90);
    const path = await folder.write(`head of ${name}`, head);
    expect(['audio-damaged', 'not-audio']).toContain(await refusal(path));
  });
});
