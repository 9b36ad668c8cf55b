import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModelFile, encodeModelFile, type ModelHeader } from '#library/models/model-file.ts';
import { openOffered } from '../support/models.ts';
import { openReadyLibrary } from '../support/test-library.ts';

/** A kept version, exported to a file. */
async function exported() {
  const library = await openOffered();
  const { page, version, folder, grant } = library;
  await page.call('models.describe', { id: version.id, note: 'Ada, spring' });
  await page.call('models.keep', { id: version.id });
  for (const id of library.ids) await library.untilKind(id, 'ready');
  const path = join(folder, 'ada.undertone-model');
  const [to = ''] = await grant(path);
  await page.call('models.export', { id: version.id, to });
  return { ...library, path };
}

async function importInto(
  { page, grant }: Awaited<ReturnType<typeof openReadyLibrary>>,
  path: string,
) {
  const [from = ''] = await grant(path);
  return page.call('models.import', { from });
}

/** A file with that description and content whose own hash is right, as somebody could make it by hand. */
function forge(about: object, content: string): string {
  const body = `${JSON.stringify(about)}\n${content}`;
  const hash = createHash('sha256').update(body).digest('hex');
  return `undertone-model 1 ${hash}\n${body}`;
}

const about = {
  id: 'retrained-2026-11-26-0a1b2c3d',
  parent: 'base',
  madeAt: '2026-11-26T01:00:00.000Z',
  dataHash: 'abc',
  settings: { labels: ['a', 'b'], seed: 1, corrections: { a: 3 } },
  scores: { heldBack: null, check: null, seconds: 2 },
  note: '',
} satisfies Omit<ModelHeader, 'files'>;
const files = [
  { name: 'model.json', bytes: 1 },
  { name: 'card.json', bytes: 1 },
  { name: 'weights.bin', bytes: 2 },
];

describe('a version as a file', () => {
  it('is taken into another project with all that is known of it, and is not in use there', async () => {
    const { path, version } = await exported();
    const other = await openReadyLibrary();

    expect(await importInto(other, path)).toEqual({ id: version.id });

    const { active, versions } = await other.page.call('models.state', {});
    expect(active).toBeNull();
    expect(versions).toMatchObject([
      {
        id: version.id,
        origin: 'imported',
        kept: true,
        note: 'Ada, spring',
        settings: { corrections: { happy: 1 } },
        scores: { heldBack: { clips: 1 }, changes: null },
      },
    ]);
    expect(other.engine.calls).toContain('model.check card.json model.json weights.bin');
    await other.page.call('models.activate', { id: version.id });
    expect((await other.page.call('models.state', {})).active).toBe(version.id);
  });

  it('is taken in once', async () => {
    const { path, ...library } = await exported();
    await expect(importInto(library, path)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('it is here already') as string,
    });
  });

  it.each([
    ['is something else', 'RIFF and so on'],
    ['names a place', forge({ ...about, files: [{ name: '../../x', bytes: 4 }] }, 'abcd')],
    ['has an id that is a place', forge({ ...about, id: '../outside', files }, 'abcd')],
    ['is shorter than it says', forge({ ...about, files }, 'abc')],
    ['is longer than it says', forge({ ...about, files }, 'abcde')],
    ['names a file twice', forge({ ...about, files: [...files, ...files.slice(0, 1)] }, 'abcde')],
    ['lacks a file', forge({ ...about, files: files.slice(0, 2) }, 'ab')],
    [
      'says that a file is shorter than nothing',
      forge({ ...about, files: [...files.slice(0, 2), { name: 'weights.bin', bytes: -2 }] }, ''),
    ],
    ['has no description', forge([], '')],
  ])('is refused where it %s, and nothing is left', async (_, content) => {
    const library = await openReadyLibrary();
    const path = join(library.folder, 'hostile.undertone-model');
    writeFileSync(path, content);

    await expect(importInto(library, path)).rejects.toMatchObject({ code: 'model-invalid' });

    const { versions } = await library.page.call('models.state', {});
    expect(versions).toEqual([]);
    expect(readdirSync(join(library.folder, 'project/models'))).toEqual([]);
    expect(readdirSync(join(library.folder, 'project/cache/engine'))).toEqual([]);
    expect(library.bugs).toEqual([]);
  });

  it('is refused where a single byte is another, or it is cut off', async () => {
    const { path } = await exported();
    const whole = readFileSync(path);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = new Uint8Array(whole);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(() => decodeModelFile(bytes, 'x')).toThrow();
        expect(() => decodeModelFile(whole.subarray(0, at), 'x')).toThrow();
      }),
    );
  });

  it('holds what was put into it', () => {
    const contents = fc.array(fc.uint8Array(), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(contents, fc.string({ maxLength: 2000 }), ([a, b, c], note) => {
        const put = new Map([
          ['model.json', a],
          ['card.json', b],
          ['weights.bin', c],
        ] as const) as Parameters<typeof encodeModelFile>[1];
        const read = decodeModelFile(encodeModelFile({ ...about, note }, put), 'x');
        expect(read.about).toMatchObject({ ...about, note });
        expect([...read.files].map(([name, bytes]) => [name, [...bytes]])).toEqual(
          [...put].map(([name, bytes]) => [name, [...bytes]]),
        );
      }),
    );
  });
});
