import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRecordings, type RecordingQuery } from '#shared/domain/recording-query.ts';
import { openProject } from '#library/project.ts';
import { connectDatabase } from '#library/database/connection.ts';
import { fillLargeProject } from './large-project.ts';

/*
 * How long a project with 1,000 recordings and 100,000 segments takes to open and to search; the bars are
 * 1,000 ms and 50 ms. Run it with `npx tsx bench/library/search.ts [recordings] [segments of each]`.
 */
const [recordings = 1000, segmentsEach = 100] = process.argv.slice(2).map(Number);
const rounds = 21;

const queries: Readonly<Record<string, Partial<RecordingQuery>>> = {
  'one word': { words: 'gesprach' },
  'a word of one recording': { words: '777' },
  'a common label': { labels: ['angry'] },
  'a label that no segment has': { labels: ['hesitant'] },
  'unsure of a tenth': { unsure: 0.1 },
  'least sure first': { sort: 'least sure' },
  'everything at once': {
    words: 'interview',
    labels: ['angry', 'sad'],
    speakers: ['', 'Ada'],
    status: 'ready',
    unsure: 0.05,
    sort: 'longest',
  },
};

const folder = mkdtempSync(join(tmpdir(), 'undertone-bench-'));
const options = {
  backupsFolder: join(folder, 'backups'),
  onBug: (error: unknown) => {
    throw error;
  },
};
const projectFolder = join(folder, 'project');

(await openProject(projectFolder, options)).close();
const filler = connectDatabase(join(projectFolder, 'project.sqlite'), { readOnly: false });
fillLargeProject(filler, { recordings, segmentsEach });
filler.exec('PRAGMA wal_checkpoint(TRUNCATE)');
filler.close();

const began = performance.now();
const project = await openProject(projectFolder, options);
const opened = performance.now();
const listed = project.recordings.list().length;
print('open', [opened - began]);
print(`list ${String(listed)} recordings`, [performance.now() - opened]);
for (const [name, query] of Object.entries(queries)) {
  let found = 0;
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    found = project.search({ ...allRecordings, ...query }).length;
    return performance.now() - start;
  });
  print(`search: ${name} (${String(found)} found)`, times);
}
project.close();
rmSync(folder, { recursive: true, force: true });

function print(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const worst = sorted.at(-1) ?? 0;
  process.stdout.write(
    `${what.padEnd(52)} ${median.toFixed(1).padStart(8)} ms median ${worst.toFixed(1).padStart(8)} ms worst\n`,
  );
}
