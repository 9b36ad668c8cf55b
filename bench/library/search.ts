import { allRecordings, type RecordingQuery } from '#shared/domain/recording-query.ts';
import { print } from './print.ts';
import { makeTemporaryProject } from './temporary-project.ts';

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

const temporary = await makeTemporaryProject({ recordings, segmentsEach });

const began = performance.now();
const project = await temporary.open();
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
temporary.remove();
