import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeFolder } from '../library/support/test-library.ts';
import { counts, tell } from './support/counts.ts';
import { trace, whyNoStrace } from './support/strace.ts';

const reason = whyNoStrace();
if (reason !== undefined) process.stdout.write(`The order of syncs is not tested: ${reason}.\n`);
const child = fileURLToPath(new URL('./support/editing-child.ts', import.meta.url));
const wanted = counts(150, 1000);

it.skipIf(reason !== undefined)(
  'acknowledges nothing before it is on the disk: the journal is synced after its last write',
  async (context) => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'project'));
    const { calls } = await trace([process.execPath, '--import', 'tsx', child, folder, '0'], {
      calls: 'pwrite64,write,fdatasync,fsync',
      log: join(folder, 'calls'),
      isEnough: (stdout) => stdout.split('\n').length > wanted,
    });
    let [isSynced, syncs, acknowledged] = [true, 0, 0];
    const violations: string[] = [];
    for (const call of calls) {
      // A call that another thread interrupts in the trace is told in two lines; the first has its name and file.
      if (/ (pwrite64|write)\(\d+<[^>]*-wal>/u.test(call)) isSynced = false;
      else if (/ (fdatasync|fsync)\(\d+<[^>]*-wal>/u.test(call)) {
        isSynced = true;
        syncs += 1;
      } else if (/ write\(1<[^>]*>, "edited /u.test(call)) {
        acknowledged += 1;
        if (!isSynced) violations.push(call);
      }
    }
    expect(acknowledged).toBeGreaterThanOrEqual(wanted / 2);
    expect(syncs).toBeGreaterThan(0);
    expect(violations).toEqual([]);
    tell(
      context,
      `${acknowledged} edits acknowledged, ${syncs} syncs of the journal, none acknowledged before its sync`,
    );
  },
);
