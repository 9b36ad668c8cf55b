import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import { actOnSegments } from '#library/annotation/act.ts';
import { print } from './print.ts';
import { makeTemporaryProject } from './temporary-project.ts';

/*
 * How long correcting takes in a project with 1,000 recordings and 100,000 segments, the disk's sync
 * included; the bar is 16 ms for a relabel. Run it with
 * `npx tsx bench/library/correct.ts [recordings] [segments of each]`.
 */
const [recordings = 1000, segmentsEach = 100] = process.argv.slice(2).map(Number);
const rounds = 101;
const to = 'annotator-1';

const temporary = await makeTemporaryProject({ recordings, segmentsEach });

const began = performance.now();
const project = await temporary.open();
print('open', [performance.now() - began]);

const [recording] = project.recordings.list();
if (!recording) throw new Error('The project is empty.');
const act = (what: AnnotationAct): readonly number[] =>
  actOnSegments(project, recording, what).selection;

time('list the segments of a recording', () => project.segments.list(recording.id));
time('state of the history', () => project.journal.state());
const [first = 0] = act({ kind: 'accept', ids: null, to });
time('relabel', (round) => act({ kind: 'relabel', ids: [first], label: `label ${round}`, to }));
time('undo', () => project.journal.undo());
time('redo', () => project.journal.redo());
print('go back to the beginning', [
  measure(() => {
    project.journal.goTo(0);
  }),
]);
print('accept all of a recording', [measure(() => act({ kind: 'accept', ids: null, to }))]);
project.close();
temporary.remove();

function time(what: string, work: (round: number) => unknown): void {
  print(
    what,
    Array.from({ length: rounds }, (_, round) => measure(() => work(round))),
  );
}

function measure(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
