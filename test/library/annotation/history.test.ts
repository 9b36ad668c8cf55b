import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { UndertoneError } from '#shared/contract/errors.ts';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import { connectDatabase, type Database } from '#library/database/connection.ts';
import { dumpPersons } from '../support/dump.ts';
import { makeFiles, openReadyLibrary } from '../support/test-library.ts';
import { anyAct, bea } from './situations.ts';

/** Steps of the one long sequence that a longer run asks for; otherwise a few short ones. */
const longRun = Number(process.env['UNDERTONE_HISTORY_STEPS'] ?? 0);
const samples = 3000;

type Step =
  /** Its ids count the segments that there are just then. */
  | { readonly kind: 'act'; readonly act: AnnotationAct }
  | { readonly kind: 'undo' | 'redo' | 'analyse' }
  | { readonly kind: 'goTo'; readonly share: number }
  | { readonly kind: 'addTier' | 'renameTier' | 'removeTier'; readonly nth: number }
  | { readonly kind: 'label'; readonly key: number };

const someIds = Array.from({ length: 12 }, (_, index) => index);
const nth = fc.nat({ max: 3 });
const only = <K extends Step['kind']>(kind: K): fc.Arbitrary<K> => fc.constant(kind);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: only('act'), act: anyAct(someIds, samples) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: only('analyse') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: only('goTo'), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('addTier' as const, 'renameTier' as const, 'removeTier' as const),
      nth,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: only('label'), key: fc.integer({ min: 1, max: 9 }) }) },
);

interface Annotated extends Awaited<ReturnType<typeof openReadyLibrary>> {
  readonly recordingId: number;
  /** Another connection to the project, which sees what is stored and nothing else. */
  readonly database: Database;
}

async function openAnnotated(): Promise<Annotated> {
  const library = await openReadyLibrary();
  const [recordingId = 0] = await library.importPaths(
    ...makeFiles(library.folder, { 'a.wav': 'a' }),
  );
  await library.untilKind(recordingId, 'ready');
  const path = join(library.folder, 'project', 'project.sqlite');
  return { ...library, recordingId, database: connectDatabase(path, { readOnly: true }) };
}

/** @returns whether it was done; a refusal in words is as good an answer */
async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    const { code } = error as UndertoneError;
    expect(['edit-refused', 'not-found']).toContain(code);
    return false;
  }
}

async function take(opened: Annotated, taken: Step): Promise<void> {
  const { page, recordingId } = opened;
  switch (taken.kind) {
    case 'act': {
      const ids = (await page.call('segments.list', { recordingId })).map(({ id }) => id);
      const toId = (index: number): number => ids[index % Math.max(1, ids.length)] ?? 0;
      const [, mine, another] = (await page.call('tiers.list', {})).map(({ id }) => id);
      const toTier = (tier: string): string => (tier === bea ? another : mine) ?? tier;
      const act = onOwn(taken.act, toId, toTier);
      await attempt(page.call('segments.act', { recordingId, act }));
      return;
    }
    case 'undo':
      await page.call('history.undo', {});
      return;
    case 'redo':
      await page.call('history.redo', {});
      return;
    case 'goTo': {
      const list = await page.call('history.list', { before: null, limit: 500 });
      const ids = [0, ...list.map(({ id }) => id)];
      await page.call('history.goTo', { id: ids[Math.floor(taken.share * (ids.length - 1))] ?? 0 });
      return;
    }
    case 'addTier':
      await attempt(page.call('tiers.add', { kind: 'annotator', name: `Tier ${taken.nth}` }));
      return;
    case 'renameTier':
    case 'removeTier': {
      const tiers = await page.call('tiers.list', {});
      const id = tiers[taken.nth % tiers.length]?.id ?? '';
      await attempt(
        taken.kind === 'removeTier'
          ? page.call('tiers.remove', { id })
          : page.call('tiers.rename', { id, name: `Renamed ${taken.nth}` }),
      );
      return;
    }
    case 'label': {
      const label = { name: `label ${taken.key}`, colour: null, key: taken.key };
      await page.call('labels.put', { labels: [label] });
      return;
    }
    case 'analyse':
      await analyse(opened);
      return;
  }
}

/** The act on segments and tiers that there are; those of the model are left in for refusals. */
function onOwn(
  act: AnnotationAct,
  toId: (index: number) => number,
  toTier: (tier: string) => string,
): AnnotationAct {
  const ids = 'ids' in act ? { ids: act.ids?.map(toId) ?? null } : {};
  const id = 'id' in act ? { id: toId(act.id) } : {};
  const to = 'to' in act && act.to !== 'model' ? { to: toTier(act.to) } : {};
  const tier = 'tier' in act && act.tier !== 'model' ? { tier: toTier(act.tier) } : {};
  return { ...act, ...ids, ...id, ...to, ...tier } as AnnotationAct;
}

/** What the model says is said anew; nothing that a person has said may change by it. */
async function analyse({
  page,
  engine,
  recordingId,
  untilKind,
  database,
}: Annotated): Promise<void> {
  const before = dumpPersons(database);
  engine.hold('analysis.run');
  await page.call('recordings.retry', { ids: [recordingId] });
  await untilKind(recordingId, 'working');
  engine.release();
  await untilKind(recordingId, 'ready');
  expect(dumpPersons(database)).toEqual(before);
}

it('comes back to every state that a project has been in, whatever was done to it', async () => {
  const size = longRun > 0 ? { minLength: longRun, maxLength: longRun } : { maxLength: 50 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { ...size, size: 'max' }), async (steps) => {
      const opened = await openAnnotated();
      const { page, database, bugs } = opened;
      const first = dumpPersons(database);
      const states = new Map<number, unknown>([[0, first]]);
      for (const each of steps) {
        await take(opened, each);
        const newest = (await page.call('history.state', {})).undo?.id ?? 0;
        if (states.has(newest)) expect(dumpPersons(database)).toEqual(states.get(newest));
        else states.set(newest, dumpPersons(database));
      }
      while (await page.call('history.redo', {}));
      const last = dumpPersons(database);

      while (await page.call('history.undo', {}));
      expect(dumpPersons(database)).toEqual(first);
      while (await page.call('history.redo', {}));
      expect(dumpPersons(database)).toEqual(last);
      for (const [id, state] of states) {
        await page.call('history.goTo', { id });
        expect(dumpPersons(database)).toEqual(state);
      }
      expect(database.value('PRAGMA integrity_check')).toBe('ok');
      expect(bugs).toEqual([]);
      database.close();
    }),
    { numRuns: longRun > 0 ? 1 : 6 },
  );
}, 3_600_000);
