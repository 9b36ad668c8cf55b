import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixture } from '../../engine/audio/support.ts';
import { makeFolder } from '../../library/support/test-library.ts';
import { tell } from '../support/counts.ts';
import { trace, whyNoStrace } from '../support/strace.ts';

const reason = whyNoStrace();
if (reason !== undefined) process.stdout.write(`What playlists open is not tested: ${reason}.\n`);

/** Files that name others, under the names of recordings. */
function playlists(target: string): Readonly<Record<string, string>> {
  const hls = `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${target}\n#EXT-X-ENDLIST\n`;
  const concat = `ffconcat version 1.0\nfile '${target}'\n`;
  const sdp = `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\na=${target}\n`;
  const dash = `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${target}</BaseURL></MPD>`;
  const asx = `<asx version="3.0"><entry><ref href="${target}"/></entry></asx>`;
  const smil = `<smil><body><audio src="${target}"/></body></smil>`;
  const contents = {
    hls,
    concat,
    sdp,
    dash,
    asx,
    smil,
    m3u: `${target}\n`,
    pls: `[playlist]\nFile1=${target}\n`,
  };
  const endings = ['wav', 'mp3', 'm4a'];
  return Object.fromEntries([
    ...Object.entries(contents).flatMap(([kind, content]) =>
      endings.map((ending) => [`${kind}.${ending}`, content] as const),
    ),
    ['remote.mp3', hls.replace(target, 'http://127.0.0.1:9/canary.mp3')] as const,
    ['reference.mp4', referenceMovie(target)] as const,
  ]);
}

/** A QuickTime movie that is nothing but a reference to another file (`rmra`). */
function referenceMovie(target: string): string {
  const box = (kind: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + content.length);
    head.write(kind, 4, 'latin1');
    return Buffer.concat([head, content]);
  };
  const url = Buffer.from(`file://${target}\0`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(url.length);
  const reference = Buffer.concat([Buffer.alloc(4), Buffer.from('url '), length, url]);
  const type = box('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1'));
  const movie = box('moov', box('rmra', box('rmda', box('rdrf', reference))));
  return Buffer.concat([type, movie]).toString('latin1');
}

it.skipIf(reason !== undefined)(
  'a playlist that poses as a recording is refused, opens no other file and no connection',
  async (context) => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'recordings'));
    const canary = join(folder, 'canary.mp3');
    copyFileSync(fixture('speech-cbr.mp3'), canary);
    const files = Object.entries(playlists(canary));
    for (const [name, content] of files) {
      writeFileSync(join(folder, 'recordings', name), content, 'latin1');
    }
    const args = ['src/cli/index.ts', 'analyze', join(folder, 'recordings'), '--jobs', '1'];
    const { status, stderr, calls } = await trace([process.execPath, '--import', 'tsx', ...args], {
      calls: 'open,openat,openat2,connect',
      log: join(folder, 'calls'),
    });
    expect(status).toBe(1);
    for (const [name] of files) expect(stderr).toContain(name);
    // The trace saw what was opened at all.
    expect(calls.some((call) => call.includes('hls.wav'))).toBe(true);
    expect(calls.filter((call) => call.includes('canary.mp3'))).toEqual([]);
    expect(calls.filter((call) => /connect\(.*AF_INET/u.test(call))).toEqual([]);
    tell(context, `${files.length} playlists: none read, no other file opened, no connection`);
  },
);
