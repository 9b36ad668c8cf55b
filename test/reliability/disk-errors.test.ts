import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startStandInEngine } from '../library/support/stand-in-engine.ts';
import { makeFiles, makeFolder, openTestLibrary } from '../library/support/test-library.ts';
import { expectAcknowledged } from './support/acknowledged.ts';
import { counts, tell } from './support/counts.ts';
import { trace, whyNoStrace } from './support/strace.ts';

const reason = whyNoStrace();
if (reason !== undefined) {
  process.stdout.write(`A disk that reports errors is not tested: ${reason}.\n`);
}
const child = fileURLToPath(new URL('./support/editing-child.ts', import.meta.url));
const wanted = counts(150, 2000);

/** What the disk refuses from the fortieth time on, again and again. */
const faults = {
  'to write': { calls: 'pwrite64', inject: 'error=EIO:when=40+41' },
  'to put what was written where it lasts': {
    calls: 'fdatasync,fsync',
    inject: 'error=EIO:when=40+7',
  },
} as const;

/** A project with a recording to work on, made while the disk was good. */
async function makeReady(project: string): Promise<void> {
  const opened = await openTestLibrary(project);
  opened.setEngine(startStandInEngine());
  const [id = 0] = await opened.importPaths(...makeFiles(dirname(project), { 'a.wav': 'a' }));
  await opened.untilKind(id, 'ready');
  await opened.library.close();
}

describe.skipIf(reason !== undefined)('a disk that refuses', () => {
  it.for(Object.entries(faults))(
    '%s is told of in words; nothing of the edit stays, nothing before it is lost, and work goes on',
    async ([name, fault], context) => {
      const folder = makeFolder();
      const project = join(folder, 'project');
      await makeReady(project);
      const path = join(project, 'project.sqlite');
      const command = [process.execPath, '--import', 'tsx', child, folder, '0'];
      const { stdout } = await trace(command, {
        ...fault,
        log: join(folder, 'calls'),
        paths: [path, `${path}-wal`],
        isEnough: (printed) => printed.split('\n').length > wanted,
      });
      const lines = stdout.split('\n').slice(0, -1);
      expect(lines.length).toBeGreaterThanOrEqual(wanted);
      let last: string | undefined;
      let [edits, failures] = [0, 0];
      for (const line of lines) {
        const [kind, state, ...message] = line.split(' ');
        if (kind === 'edited') {
          last = state;
          edits += 1;
        } else if (kind === 'failed') {
          failures += 1;
          expect(message.join(' ')).toBe(
            `The disk reported an error when ${path} was read or written.`,
          );
          if (last !== undefined) expect(state).toBe(last);
        }
      }
      expect(failures).toBeGreaterThan(wanted / 10);
      expect(edits).toBeGreaterThan(wanted / 10);
      const imports = lines.filter((line) => line.startsWith('imported '));
      await expectAcknowledged(path, {
        edit: last,
        imports: imports.map((line) => line.slice('imported '.length)),
      });
      tell(
        context,
        `a disk that refused ${failures} times ${name}: told each time, ${edits} edits acknowledged, none lost`,
      );
    },
  );
});
