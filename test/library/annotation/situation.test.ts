import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import type { Situation } from '#library/annotation/draft.ts';
import { plan } from '#library/annotation/plan.ts';
import { readSituation } from '#library/annotation/situation.ts';
import { allMigrations } from '#library/database/migrations/all.ts';
import { openDatabase } from '#library/database/open.ts';
import type { StoredRecording } from '#library/database/recordings.ts';
import { createSegments } from '#library/database/segments.ts';
import { makeFolder } from '../support/test-library.ts';
import { anyAct, anySituation } from './situations.ts';

/** What would be done, or why it is refused; in which order rows are changed does not matter. */
function planned(situation: Situation, act: AnnotationAct): unknown {
  try {
    const { changed, removed, ...rest } = plan(situation, act);
    const inOrder = changed.toSorted((one, other) => one.id - other.id);
    return { ...rest, changed: inOrder, removed: new Set(removed) };
  } catch (error) {
    if (error instanceof UndertoneError) return error.message;
    throw error;
  }
}

it('reads all that an act can have to do with: it is planned as if all had been read', async () => {
  const path = join(makeFolder(), 'project.sqlite');
  const database = await openDatabase(path, { migrations: allMigrations, mustHoldContent: false });
  database.exec(`INSERT INTO recording (id, path, name, added_at) VALUES (7, '/a', 'a', '2026')`);
  const segments = createSegments(database);
  // It does not matter here in what order they were added, but ids must be known to the acts.
  const both = anySituation.chain((situation) =>
    anyAct(situation.segments.map((_, index) => index)).map((act) => ({ situation, act })),
  );
  fc.assert(
    fc.property(both, ({ situation, act }) => {
      const ids = database.transaction(() => {
        database.exec('DELETE FROM segment');
        return situation.segments.map((segment) => segments.add(segment));
      });
      const all = { ...situation, segments: segments.list(7) };
      const real = {
        ...act,
        ...('ids' in act ? { ids: act.ids?.map((index) => ids[index] ?? 0) ?? null } : {}),
        ...('id' in act ? { id: ids[act.id] ?? 0 } : {}),
      } as AnnotationAct;
      const { samples, sampleRate, tiers } = situation;
      const sound = { sound: { samples, sampleRate } } as StoredRecording['sound'];
      const project = { segments, tiers: { list: () => tiers } } as Parameters<
        typeof readSituation
      >[0];
      const read = readSituation(project, { id: 7, sound }, real);
      expect(planned(read, real)).toEqual(planned(all, real));
    }),
    { numRuns: 300 },
  );
  database.close();
});
