import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database } from '#library/database/connection.ts';
import type { RowChange } from '#library/database/journal/changes.ts';
import { createJournal, type Journal } from '#library/database/journal/journal.ts';
import { allMigrations } from '#library/database/migrations/all.ts';
import { openDatabase } from '#library/database/open.ts';
import { dumpJournaled } from '../../support/dump.ts';
import { makeFolder } from '../../support/test-library.ts';

interface Opened {
  readonly database: Database;
  readonly journal: Journal;
}

async function open(path = join(makeFolder(), 'project.sqlite')): Promise<Opened> {
  const database = await openDatabase(path, { migrations: allMigrations, mustHoldContent: false });
  return { database, journal: createJournal(database) };
}

function run(database: Database, sql: string): void {
  database.exec(sql);
}

/** One act that runs a statement. */
function act({ database, journal }: Opened, words: string, sql: string): void {
  journal.act({ words, recordingId: null }, () => {
    run(database, sql);
  });
}

const addLabel = (name: string): string =>
  `INSERT INTO label (name, position) VALUES ('${name}', 1)`;

function words(journal: Journal): readonly string[] {
  return journal.list(null, 100).map((entry) => `${entry.words}${entry.undone ? ' (undone)' : ''}`);
}

describe('an act', () => {
  it('is put down with its words and the rows it changed, and told once it is done', async () => {
    const { database, journal } = await open();
    const told: RowChange[] = [];
    journal.subscribe((changes) => told.push(...changes));
    const result = journal.act(
      { words: (count) => `Added ${count} labels`, recordingId: 7 },
      () => {
        run(database, addLabel('calm'));
        run(database, `UPDATE label SET key = 3`);
        expect(told, 'nothing is told before it is stored').toEqual([]);
        return 1;
      },
    );
    expect(result).toBe(1);
    expect(journal.state()).toEqual({
      undo: {
        id: 1,
        at: expect.stringMatching(/^\d{4}-.*Z$/u) as string,
        words: 'Added 1 labels',
        recordingId: 7,
        recording: '',
        undone: false,
      },
      redo: null,
    });
    const calm = { name: 'calm', position: 1, colour: null, key: null };
    expect(told).toEqual([
      { table: 'label', before: null, after: calm },
      { table: 'label', before: calm, after: { ...calm, key: 3 } },
    ]);
  });

  it('that fails half way leaves nothing, and the next one works', async () => {
    const opened = await open();
    const before = dumpJournaled(opened.database);
    expect(() => {
      act(opened, 'Failed', `${addLabel('calm')}; INSERT INTO nowhere VALUES (1)`);
    }).toThrow('nowhere');
    expect(dumpJournaled(opened.database)).toEqual(before);
    expect(opened.journal.list(null, 10)).toEqual([]);

    act(opened, 'Added', addLabel('calm'));
    expect(words(opened.journal)).toEqual(['Added']);
    opened.journal.undo();
    expect(dumpJournaled(opened.database)).toEqual(before);
  });

  it('that changes nothing leaves no trace', async () => {
    const opened = await open();
    act(opened, 'Renamed', `UPDATE tier SET name = name`);
    expect(opened.journal.state()).toEqual({ undo: null, redo: null });
  });

  it('takes in what it changed without naming it: rows replaced and rows that went with others', async () => {
    const opened = await open();
    const { database, journal } = opened;
    run(
      database,
      `INSERT INTO recording (path, name, added_at) VALUES ('/a.wav', 'a.wav', '2026');
       INSERT INTO recording_tag (recording_id, tag) VALUES (1, 'loud');
       INSERT INTO setting (key, value) VALUES ('model', 'one')`,
    );
    const before = dumpJournaled(database);
    act(opened, 'Replaced', `INSERT OR REPLACE INTO setting (key, value) VALUES ('model', 'two')`);
    act(opened, 'Removed', `DELETE FROM recording`);
    const after = dumpJournaled(database);
    journal.undo();
    journal.undo();
    expect(dumpJournaled(database)).toEqual(before);
    journal.redo();
    journal.redo();
    expect(dumpJournaled(database)).toEqual(after);
  });

  it('is taken back without what has changed in the same row since by itself', async () => {
    const opened = await open();
    run(
      opened.database,
      `INSERT INTO recording (path, name, added_at) VALUES ('/a.wav', 'a.wav', '2026')`,
    );
    act(opened, 'Wrote a note', `UPDATE recording SET note = 'from the attic'`);
    run(opened.database, `UPDATE recording SET path = '/moved/a.wav'`);
    opened.journal.undo();
    expect(opened.database.prepare('SELECT path, note FROM recording').all()).toEqual([
      { path: '/moved/a.wav', note: '' },
    ]);
  });
});

describe('history', () => {
  it('goes back and forth, also after closing', async () => {
    const path = join(makeFolder(), 'project.sqlite');
    const first = await open(path);
    for (const name of ['a', 'b', 'c']) act(first, `Added ${name}`, addLabel(name));
    first.journal.undo();
    first.database.close();

    const again = await open(path);
    expect(again.journal.redo()).toMatchObject({ words: 'Added c', undone: false });
    expect(again.journal.redo()).toBeNull();
    for (const name of ['c', 'b', 'a']) {
      expect(again.journal.undo()).toMatchObject({ words: `Added ${name}`, undone: true });
    }
    expect(again.journal.undo()).toBeNull();
    expect(again.database.value('SELECT count(*) FROM label')).toBe(0);
  });

  it('keeps what was undone before another act, out of the way of redo but within reach', async () => {
    const opened = await open();
    const { database, journal } = opened;
    act(opened, 'Added a', addLabel('a'));
    act(opened, 'Added b', addLabel('b'));
    act(opened, 'Added c', addLabel('c'));
    const withAll = dumpJournaled(database);
    journal.undo();
    journal.undo();
    act(opened, 'Added d', addLabel('d'));
    const withD = dumpJournaled(database);
    expect(journal.redo()).toBeNull();
    expect(words(journal)).toEqual(['Added d', 'Added c (undone)', 'Added b (undone)', 'Added a']);

    journal.goTo(3);
    expect(dumpJournaled(database)).toEqual(withAll);
    expect(words(journal)[0]).toBe('Added d (undone)');
    journal.goTo(4);
    expect(dumpJournaled(database)).toEqual(withD);
    journal.goTo(0);
    expect(database.value('SELECT count(*) FROM label')).toBe(0);
    // Redo goes on along the line that was left last.
    journal.redo();
    journal.redo();
    expect(dumpJournaled(database)).toEqual(withD);
  });

  it('tells a step that is not there from one that is', async () => {
    const opened = await open();
    act(opened, 'Added a', addLabel('a'));
    expect(() => {
      opened.journal.goTo(2);
    }).toThrow(expect.objectContaining({ code: 'not-found' }) as Error);
    expect(words(opened.journal)).toEqual(['Added a']);
  });

  it('of which a step cannot be read any more refuses that step in words, and changes nothing', async () => {
    const opened = await open();
    const { database, journal } = opened;
    act(opened, 'Added calm', addLabel('calm'));
    // As a flipped bit leaves it: the first brace is another character.
    run(database, `UPDATE edit_change SET after = '[' || substr(after, 2)`);
    const before = dumpJournaled(database);
    expect(() => journal.undo()).toThrow('what this step changed can no longer be read');
    expect(dumpJournaled(database)).toEqual(before);
    expect(words(journal)).toEqual(['Added calm']);
  });

  it('is listed in pages', async () => {
    const opened = await open();
    for (const name of ['a', 'b', 'c']) act(opened, name, addLabel(name));
    const ids = (before: number | null): readonly number[] =>
      opened.journal.list(before, 2).map(({ id }) => id);
    expect(ids(null)).toEqual([3, 2]);
    expect(ids(2)).toEqual([1]);
  });
});

describe('any sequence of acts, undos, redos and leaps', () => {
  type Step =
    | { readonly kind: 'put'; readonly key: number; readonly value: number }
    | { readonly kind: 'remove'; readonly key: number }
    | { readonly kind: 'rename'; readonly key: number; readonly to: number }
    | { readonly kind: 'undo' | 'redo' }
    | { readonly kind: 'goTo'; readonly share: number };
  const key = fc.nat({ max: 5 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      kind: fc.constant('put' as const),
      key,
      value: fc.double({ min: 1e-9, max: 1, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('remove' as const), key }),
    fc.record({ kind: fc.constant('rename' as const), key, to: key }),
    fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
    fc.record({
      kind: fc.constant('goTo' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  );

  function take({ database, journal }: Opened, { step }: { readonly step: Step }): void {
    const acted = (sql: string, ...values: readonly number[]): void => {
      journal.act({ words: sql, recordingId: 1 }, () => database.prepare(sql).run(...values));
    };
    switch (step.kind) {
      case 'put':
        acted(
          `INSERT OR REPLACE INTO segment (id, recording_id, tier, "start", "end", label, confidence,
             probabilities, source, annotator, model)
           VALUES (?, 1, 'annotator-1', 0, 1, 'calm', ?, '[]', 'person', '', '')`,
          step.key,
          step.value,
        );
        return;
      case 'remove':
        acted('DELETE FROM segment WHERE id = ?', step.key);
        return;
      case 'rename':
        acted('UPDATE OR REPLACE segment SET id = ? WHERE id = ?', step.to, step.key);
        return;
      case 'undo':
        journal.undo();
        return;
      case 'redo':
        journal.redo();
        return;
      case 'goTo':
        journal.goTo(pick(journal, step.share));
        return;
    }
  }

  function pick(journal: Journal, share: number): number {
    const ids = [0, ...journal.list(null, 500).map(({ id }) => id)];
    return ids[Math.floor(share * (ids.length - 1))] ?? 0;
  }

  it('comes back to every state that it has been in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const opened = await open();
        const { database, journal } = opened;
        run(
          database,
          `INSERT INTO recording (path, name, added_at) VALUES ('/a.wav', 'a.wav', '2026')`,
        );
        const first = dumpJournaled(database);
        // How everything was after each act.
        const states = new Map<number, unknown>([[0, first]]);
        for (const each of steps) {
          take(opened, { step: each });
          const newest = journal.state().undo?.id ?? 0;
          if (states.has(newest)) expect(dumpJournaled(database)).toEqual(states.get(newest));
          else states.set(newest, dumpJournaled(database));
        }
        while (journal.redo());
        const last = dumpJournaled(database);
        while (journal.undo());
        expect(dumpJournaled(database)).toEqual(first);
        while (journal.redo());
        expect(dumpJournaled(database)).toEqual(last);
        for (const [id, state] of states) {
          journal.goTo(id);
          expect(dumpJournaled(database)).toEqual(state);
        }
        database.close();
      }),
      { numRuns: 25 },
    );
  });
});
