import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { electronRuntime } from '../../../scripts/setup/electron.mjs';
import { root } from '../../../scripts/setup/paths.mjs';
import { sandboxSwitches } from '../../../scripts/setup/sandbox.mjs';
import { makeFolder } from '../../library/support/test-library.ts';
import { bundleScript } from '../../support/bundle-script.ts';
import { shippedModel } from '../../support/shipped-model.ts';
import { counts, tell } from '../support/counts.ts';
import type { HostSettings, Suffered } from './support/engine-host.ts';

const support = 'test/reliability/app/support';
const host = await bundleScript(`${support}/engine-host.ts`, `${support}/faulty-engine.ts`);
const folder = path.dirname(host);
writeFileSync(
  path.join(folder, 'package.json'),
  JSON.stringify({ name: 'engine-host', version: '0', type: 'module', main: path.basename(host) }),
);

/** Of each kind of fault. */
const rounds = counts(20, 100);
/** Of these the system does not tell, but that there is no answer. */
const silent = ['being stopped', 'running in circles'];
/** These take a processor that on a busy machine they have to share, and get up to ten questions then. */
const busy = ['running in circles', 'taking 4 GB'];
const faults: HostSettings['faults'] = {
  'being killed': 'SIGKILL',
  'a crash': 'SIGSEGV',
  'being stopped': 'SIGSTOP',
  'running in circles': 'SIGUSR2',
  'taking 4 GB': 'SIGHUP',
};

async function sufferAll(): Promise<readonly Suffered[]> {
  const scratch = makeFolder();
  const settings: HostSettings = {
    entry: path.join(folder, 'faulty-engine.js'),
    args: [pathToFileURL(path.join(root, 'out/main/engine.js')).href],
    analysis: {
      path: path.join(root, 'test/fixtures/emodb/03a04Fd.wav'),
      modelFolder: shippedModel,
      cacheFolder: scratch,
      profile: null,
    },
    faults,
    rounds,
  };
  const { path: electron } = await electronRuntime();
  const switches = [...(await sandboxSwitches(electron)), `--user-data-dir=${scratch}`];
  const running = spawn(electron, [folder, ...switches, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [status] = (await once(running, 'close')) as [number | null];
  expect(status).toBe(0);
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Suffered);
}

it.skipIf(process.platform === 'win32')(
  'whatever an engine dies of, who waits for it is told, and it is started again and answers',
  async (context) => {
    const suffered = await sufferAll();
    expect(suffered).toHaveLength(rounds * Object.keys(faults).length);
    expect(new Set(suffered.map(({ code }) => code))).toEqual(new Set(['engine-stopped']));
    for (const fault of Object.keys(faults)) {
      const own = suffered.filter((each) => each.fault === fault);
      const seconds = own.map((each) => each.seconds).sort((one, other) => one - other);
      const [median = 0, slowest = 0] = [seconds[seconds.length >> 1], seconds.at(-1)];
      if (silent.includes(fault)) {
        expect(new Set(own.map(({ reason }) => reason))).toEqual(
          new Set(['it no longer answered']),
        );
      }
      // And what the timers of this machine add: `heartbeat.test.ts` has the bounds themselves.
      expect(seconds[0], fault).toBeLessThan(busy.includes(fault) ? 12 : 8);
      tell(
        context,
        `${fault}, ${own.length} times: told after ${median.toFixed(1)} s (median), ${slowest.toFixed(1)} s at most`,
      );
    }
  },
);
