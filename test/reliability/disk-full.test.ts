import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import type { UndertoneError } from '#shared/contract/errors.ts';
import { fingerprint } from '../library/support/dump.ts';
import { startStandInEngine } from '../library/support/stand-in-engine.ts';
import {
  makeFiles,
  makeFolder,
  openTestLibrary,
  type TestLibrary,
} from '../library/support/test-library.ts';
import { annotator, chooseAct } from './support/acts.ts';
import { counts, tell } from './support/counts.ts';
import { mountSmallDisk, whyNoSmallDisk, type SmallDisk } from './support/small-disk.ts';
import { csvRequest } from '../library/support/csv-request.ts';

const reason = whyNoSmallDisk();
if (reason !== undefined) process.stdout.write(`A full disk is not tested: ${reason}.\n`);
const times = counts(6, 50);

describe.skipIf(reason !== undefined)('a disk that is full', () => {
  let disk: SmallDisk;
  let opened: TestLibrary;
  let elsewhere: string;
  let [recordingId, count] = [0, 0];

  beforeAll(() => {
    disk = mountSmallDisk(64);
  });
  afterAll(() => {
    disk.unmount();
  });

  const path = (): string => join(disk.folder, 'project', 'project.sqlite');

  async function open(): Promise<void> {
    opened = await openTestLibrary(join(disk.folder, 'project'));
    opened.setEngine(startStandInEngine());
    elsewhere = makeFolder();
    [recordingId = 0] = await opened.importPaths(...makeFiles(elsewhere, { 'a.wav': 'a' }));
    await opened.untilKind(recordingId, 'ready');
  }

  function stored(): string {
    const look = connectDatabase(path(), { readOnly: true });
    const found = fingerprint(look);
    look.close();
    return found;
  }

  const operations: Readonly<Record<string, () => Promise<unknown>>> = {
    importing: () => opened.importPaths(...makeFiles(elsewhere, { [`${count}.wav`]: `${count}` })),
    correcting: async () => {
      const all = await opened.page.call('segments.list', { recordingId });
      const own = all.filter(({ tier }) => tier === annotator).map(({ id }) => id);
      const act = chooseAct(own.length === 0 ? 0 : 6 * count + 1, own);
      return opened.page.call('segments.act', { recordingId, act });
    },
    undoing: () => opened.page.call('history.undo', {}),
    redoing: () => opened.page.call('history.redo', {}),
    describing: () =>
      opened.page.call('recordings.describe', {
        ids: [recordingId],
        change: { note: `note ${count} `.repeat(500) },
      }),
    labelling: () =>
      opened.page.call('labels.put', {
        labels: [{ name: `label ${count}`, colour: null, key: 1 }],
      }),
    exporting: async () => {
      const [to = ''] = await opened.grant(join(disk.folder, 'out.csv'));
      return opened.page.call('export.write', csvRequest([recordingId], to));
    },
    copying: async () => {
      const to = join(disk.folder, `copy ${count}`);
      await opened.host.call('project.copy', { to });
      rmSync(to, { recursive: true });
    },
  };

  it('refuses in words within two seconds, loses nothing, and goes on when there is room', async (context) => {
    await open();
    let [refused, done] = [0, 0];
    for (let round = 0; round < times; round += 1) {
      for (const [name, operate] of Object.entries(operations)) {
        count += 1;
        // From nothing up to what some of the operations fit into.
        disk.leave((round * 40_961 + count * 4_099) % 60_000);
        const before = stored();
        const began = performance.now();
        const outcome = await operate().then(
          () => 'done',
          (error: unknown) => (error as UndertoneError).code,
        );
        expect(['done', 'disk-full'], `${name} at ${count}`).toContain(outcome);
        if (outcome === 'done') done += 1;
        else {
          refused += 1;
          expect(stored(), `${name} at ${count}`).toBe(before);
          expect(performance.now() - began).toBeLessThan(2_000);
        }
        disk.leave(40 << 20);
        await operate();
      }
    }
    expect(refused).toBeGreaterThan(times);
    const last = stored();
    await opened.library.close();
    const look = connectDatabase(path(), { readOnly: true });
    expect(look.value('PRAGMA integrity_check')).toBe('ok');
    expect(fingerprint(look)).toBe(last);
    look.close();
    tell(
      context,
      `${refused + done} operations on a full disk: ${refused} refused, ${done} fitted, nothing lost`,
    );
  });
});
