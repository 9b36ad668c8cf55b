import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { csvRequest } from '../support/csv-request.ts';
import { makeFiles, openReadyLibrary, type TestLibrary } from '../support/test-library.ts';
import { hasOffer, untilModels } from '../support/until-models.ts';

/** Not a word of any language. */
const speaker = 'Kanarienvogel4711';
const other = 'Ben';
const fourWeeks = 28 * 24 * 3_600_000;

type ReadyLibrary = Awaited<ReturnType<typeof openReadyLibrary>>;
interface Interviews extends ReadyLibrary {
  /** Of the speaker alone, one of them taken off the list; with somebody else; of somebody else alone. */
  readonly alone: number;
  readonly removed: number;
  readonly group: number;
  readonly another: number;
}

async function sayWhoSpeaks(
  { page }: Pick<TestLibrary, 'page'>,
  recordingId: number,
  ...turns: readonly string[]
): Promise<void> {
  const known = (await page.call('tiers.list', {})).find(({ kind }) => kind === 'speakers');
  const tier = known ?? (await page.call('tiers.add', { kind: 'speakers', name: 'Who speaks' }));
  for (const [index, label] of turns.entries()) {
    const span = { start: index * 300, end: index * 300 + 300 };
    const act = { kind: 'create', tier: tier.id, ...span, label } as const;
    await page.call('segments.act', { recordingId, act });
  }
}

async function openInterviews(): Promise<Interviews> {
  const library = await openReadyLibrary();
  const { page, folder, importPaths, untilKind } = library;
  const contents = { 'a.wav': 'a', 'b.wav': 'b', 'group.wav': 'g', 'c.wav': 'c' };
  const ids = await importPaths(...makeFiles(join(folder, 'sounds'), contents));
  for (const id of ids) await untilKind(id, 'ready');
  const [alone = 0, removed = 0, group = 0, another = 0] = ids;
  // Named by mistake first, so that the history of a recording that stays knows the name.
  await page.call('recordings.describe', { ids, change: { speaker } });
  const { profile } = await page.call('speakers.compare', { speaker });
  await page.call('speakers.normalise', { profile });
  await page.call('recordings.describe', { ids: [another], change: { speaker: other } });
  await page.call('recordings.describe', { ids: [group], change: { speaker: '' } });
  await sayWhoSpeaks(library, group, speaker, other);
  await sayWhoSpeaks(library, another, speaker);
  await page.call('history.undo', {});
  await page.call('recordings.remove', { ids: [removed] });
  return { ...library, alone, removed, group, another };
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files of the project that hold the speaker's name. */
function traces(folder: string): readonly string[] {
  return filesOf(join(folder, 'project')).filter((file) => readFileSync(file).includes(speaker));
}

const idsOf = (recordings: readonly { readonly id: number }[]): readonly number[] =>
  recordings.map(({ id }) => id).toSorted((a, b) => a - b);

describe('what would go with a speaker', () => {
  it('is every recording in which they are heard, with who else is', async () => {
    const { page, alone, removed, group } = await openInterviews();
    const { recordings } = await page.call('speakers.previewDeletion', { speaker });
    expect(idsOf(recordings)).toEqual([alone, removed, group]);
    expect(recordings.find(({ id }) => id === group)?.others).toEqual([other]);
    expect(recordings.find(({ id }) => id === alone)).toMatchObject({ others: [], inside: false });
    expect(await page.call('recordings.list', {})).toHaveLength(3);
  });

  it('tells of the versions that learnt from them, and of those after these', async () => {
    const library = await openInterviews();
    const { page, alone } = library;
    const create = { kind: 'create', tier: 'annotator-1', start: 0, end: 500 } as const;
    await page.call('segments.act', { recordingId: alone, act: { ...create, label: 'happy' } });
    for (let version = 2; version <= 3; version += 1) {
      await page.call('models.retrain', { labels: null, withheldToo: false });
      const [offered] = (await untilModels(library, hasOffer)).versions;
      await page.call('models.keep', { id: offered?.id ?? '' });
    }
    const { versions } = await page.call('speakers.previewDeletion', { speaker });
    expect(versions).toEqual([
      { number: 3, learntFrom: [alone] },
      { number: 2, learntFrom: [alone] },
    ]);
    expect(await page.call('speakers.previewDeletion', { speaker: other })).toMatchObject({
      versions: [],
    });

    await page.call('speakers.deleteForGood', { speaker, ids: [alone] });
    const state = await page.call('models.state', {});
    expect(state.versions.map(({ lostRecordings }) => lostRecordings)).toEqual([1, 1]);
  });

  it('tells of backups and copies that were made since the first of them came', async () => {
    const { page, folder } = await openInterviews();
    // The one that was made at the start has none of them.
    expect(await page.call('speakers.previewDeletion', { speaker })).toMatchObject({
      backups: null,
      copies: [],
    });
    const backups = join(folder, 'backups', readdirSync(join(folder, 'backups'))[0] ?? '');
    const at = new Date(Date.now() + 1000);
    const name = `${at.toISOString().replaceAll(':', '-')}-0123456789abcdef.sqlite`;
    writeFileSync(join(backups, name), '');
    writeFileSync(join(folder, 'project', 'project.sqlite.before-v9'), '');
    const preview = await page.call('speakers.previewDeletion', { speaker });
    expect(preview.copies).toEqual(['project.sqlite.before-v9']);
    const until = new Date(at.getTime() + fourWeeks).toISOString();
    expect(preview.backups).toEqual({ count: 1, until });
    const ids = idsOf(preview.recordings);
    expect(await page.call('speakers.deleteForGood', { speaker, ids })).toEqual({
      deleted: 3,
      inBackupsUntil: until,
    });
  });
});

describe('deleting a speaker', () => {
  it('leaves no trace of them in any file of the project', async () => {
    const { page, folder, library, grant, alone, removed, group, another } = await openInterviews();
    const [to = ''] = await grant(join(folder, 'out.TextGrid'));
    await page.call('export.write', { ...csvRequest([group], to), format: 'textgrid' });
    const ids = [alone, removed, group];
    expect(traces(folder)).not.toEqual([]);

    expect(await page.call('speakers.deleteForGood', { speaker, ids })).toMatchObject({
      deleted: 3,
    });

    expect(await page.call('recordings.list', {})).toMatchObject([{ id: another, speaker: other }]);
    expect(await page.call('recordings.removed', {})).toEqual([]);
    expect(await page.call('speakers.previewDeletion', { speaker })).toMatchObject({
      recordings: [],
    });
    await library.close();
    expect(traces(folder)).toEqual([]);
    expect(
      filesOf(join(folder, 'project/cache')).filter((file) => file.endsWith('.track')),
    ).toEqual([join(folder, 'project/cache/tracks', `${another}.track`)]);
    const database = connectDatabase(join(folder, 'project/project.sqlite'), { readOnly: true });
    expect(database.value('SELECT count(*) FROM speaker_profile')).toBe(0);
    database.close();
    expect(existsSync(join(folder, 'sounds/a.wav'))).toBe(true);
  });

  it('leaves history walkable, without the name', async () => {
    const { page, alone, removed, group, another } = await openInterviews();
    await page.call('speakers.deleteForGood', { speaker, ids: [alone, removed, group] });
    const speakers = async (): Promise<readonly string[]> =>
      (await page.call('recordings.list', {})).map((recording) => recording.speaker);
    while (await page.call('history.undo', {}));
    expect(await speakers()).toEqual(['']);
    while (await page.call('history.redo', {}));
    expect(await speakers()).toEqual([other]);
    const words = (await page.call('history.list', { before: null, limit: 100 })).map(
      (entry) => entry.words,
    );
    expect(words.filter((each) => each.includes(speaker))).toEqual([]);
    expect(words.some((each) => each.includes(other))).toBe(true);
    expect(another).toBeGreaterThan(0);
  });

  it('deletes only what was agreed to, and then keeps what still knows the speaker', async () => {
    const { page, alone, removed, group, another } = await openInterviews();
    const ids = [alone, removed, another];
    expect(await page.call('speakers.deleteForGood', { speaker, ids })).toMatchObject({
      deleted: 2,
    });
    expect(idsOf(await page.call('recordings.list', {}))).toEqual([group, another]);
    const segments = await page.call('segments.list', { recordingId: group });
    expect(segments.filter(({ label }) => label === speaker)).toHaveLength(1);
  });

  it('is of whole names', async () => {
    const { page, another } = await openInterviews();
    expect(await page.call('speakers.previewDeletion', { speaker: 'Be' })).toMatchObject({
      recordings: [],
      backups: null,
    });
    await page.call('speakers.deleteForGood', { speaker: 'Be', ids: [another] });
    const words = (await page.call('history.list', { before: null, limit: 100 })).map(
      (entry) => entry.words,
    );
    expect(words.some((each) => each.includes(other))).toBe(true);
    expect(await page.call('recordings.list', {})).toHaveLength(3);
  });

  it('keeps the numbers that other speakers have in exports', async () => {
    const { page, folder, grant, alone, removed, group, another } = await openInterviews();
    const write = async (id: number): Promise<string> => {
      const path = join(folder, `out-${id}.TextGrid`);
      const [to = ''] = await grant(path);
      await page.call('export.write', { ...csvRequest([id], to), format: 'textgrid' });
      return readFileSync(path, 'utf8');
    };
    const before = await write(group);
    const numbers = ['Speaker 1', 'Speaker 2'];
    for (const number of numbers) expect(before).toContain(number);
    await page.call('speakers.deleteForGood', { speaker, ids: [alone, removed, group] });
    await sayWhoSpeaks({ page }, another, other, 'Cleo');
    const after = await write(another);
    const ben = numbers.find((number) => after.includes(number));
    expect(numbers.filter((number) => after.includes(number))).toEqual([ben]);
    expect(after).toContain('Speaker 3');
  });
});
