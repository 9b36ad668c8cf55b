import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readReport } from '#library/recovery/recover.ts';
import {
  countContent,
  makeBackup,
  makeProject,
  pageBytes,
} from '../library/support/filled-project.ts';
import { openTestLibrary } from '../library/support/test-library.ts';
import { counts, tell } from './support/counts.ts';

const rounds = counts(105, 504);
/** A number like any other, the same in every run. */
const pick = (round: number, below: number): number => (round * 7919 + 104_729) % below;

/** What may become of the file of a database, and of its journal, while nobody looks. */
const damages: Readonly<
  Record<string, (bytes: Buffer, round: number) => { database: Buffer; journal?: Buffer }>
> = {
  'bits flipped': (bytes, round) => {
    for (let flip = 0; flip < 20; flip += 1) {
      const at = pick(round * 31 + flip, bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (flip % 8));
    }
    return { database: bytes };
  },
  'cut off': (bytes, round) => ({ database: bytes.subarray(0, pick(round, bytes.length)) }),
  'a page of zeros': (bytes, round) => {
    const at = pick(round, bytes.length / pageBytes) * pageBytes;
    return { database: bytes.fill(0, at, at + pageBytes) };
  },
  'a page of another file': (bytes, round) => {
    const at = pick(round, bytes.length / pageBytes) * pageBytes;
    return { database: bytes.fill('what somebody else wrote ', at, at + pageBytes) };
  },
  'a journal that is not its own': (bytes, round) => ({
    database: bytes,
    journal: Buffer.alloc(1000 + pick(round, 50_000), 0x5a),
  }),
  'nothing left': () => ({ database: Buffer.alloc(0) }),
  'no database': (_, round) => ({
    database: Buffer.from('Dear diary, '.repeat(1 + pick(round, 5000))),
  }),
};

it('opens whatever was damaged, with what there was, and keeps the damaged file', async (context) => {
  const project = await makeProject();
  await makeBackup(project);
  const whole = readFileSync(project.path);
  const asFound = new Set(readdirSync(project.folder));
  let [slowest, untouched, recovered] = [0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const [name, damage] = Object.entries(damages)[round % Object.keys(damages).length] ?? [];
    for (const file of readdirSync(project.folder)) {
      if (!asFound.has(file)) rmSync(join(project.folder, file), { recursive: true });
    }
    const { database, journal } = damage?.(Buffer.from(whole), round) ?? { database: whole };
    writeFileSync(project.path, database);
    if (journal) writeFileSync(`${project.path}-wal`, journal);
    const began = process.cpuUsage();
    const library = await openTestLibrary(project.folder);
    const { user, system } = process.cpuUsage(began);
    slowest = Math.max(slowest, (user + system) / 1e6);
    const content = await countContent(library);
    const report = await readReport(project.folder);
    const what = `${name ?? ''}, round ${round}`;
    // Never empty in silence, never less than there was but for the page that is gone.
    expect(content.recordings, what).toBe(60);
    expect(content.segments, what).toBeGreaterThan(0.95 * 3000);
    if (report) {
      recovered += 1;
      const kept = readFileSync(join(project.folder, report.keptAs));
      expect(kept.equals(database), what).toBe(true);
    } else untouched += 1;
    await library.library.close();
  }
  expect(recovered).toBeGreaterThan(rounds / 2);
  expect(slowest).toBeLessThan(10);
  tell(
    context,
    `${rounds} damaged databases: ${recovered} recovered with at least 95 % of their rows and the damaged file kept, ` +
      `${untouched} without noticeable damage, complete; at most ${slowest.toFixed(1)} s`,
  );
});
