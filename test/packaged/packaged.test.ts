import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { sandboxSwitches } from '../../scripts/setup/sandbox.mjs';
import { runCli } from '../cli/run-cli.ts';
import { dropFiles } from '../e2e/support/app.ts';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import { startPackaged, type PackagedApp } from './support/packaged-app.ts';

/** The packaged folder, moved to where there is no checkout above it; `npm run test:package` says where. */
const folder = process.env['UNDERTONE_PACKAGED'] ?? '';
const binary = path.join(folder, 'undertone');
const patiently = { timeout: 60_000 };
const recording = 'conversation.wav';

let home: string;
let expected: readonly string[];
let running: PackagedApp;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'undertone-packaged-'));
  const { samples } = conversation([0.8, 0.5, 1.2, 2, 0.4, 1.5]);
  const sound = makeWav([samples], { format: 's16', sampleRate: 16_000 });
  await writeFile(path.join(home, recording), sound);
  const run = await runCli(['analyze', path.join(home, recording)]);
  expected = parseEmotionCsv(run.stdout).rows.map(({ label }) => label);
  running = await startPackaged(binary, await switches(), bareEnvironment());
});
afterAll(async () => {
  await running.close();
  await rm(home, { recursive: true });
});

/** Of a machine on which nobody has ever developed anything. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { DISPLAY, XAUTHORITY } = process.env;
  return { DISPLAY, XAUTHORITY, HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };
}

async function switches(): Promise<readonly string[]> {
  return [`--user-data-dir=${path.join(home, 'user')}`, ...(await sandboxSwitches(binary))];
}

describe('the packaged application', () => {
  it('is started where there is no network', () => {
    const others = Object.keys(networkInterfaces()).filter((name) => name !== 'lo');
    expect(others).toEqual([]);
  });

  it('runs the native engine', async () => {
    const status = running.page.getByRole('contentinfo');
    await expect.poll(() => status.textContent(), patiently).toMatch(/native/i);
  });

  it('finds in a recording what the command line finds', async () => {
    const { page } = running;
    await dropFiles(page, 'body', [path.join(home, recording)]);
    const row = page.getByRole('listitem').filter({ hasText: recording });
    await row.locator('canvas, svg').first().waitFor(patiently);
    await row.getByRole('button', { name: recording }).first().click();
    const labels = page.locator('[role=grid] [role=row][data-row]').getByRole('rowheader');
    await expect.poll(() => labels.count(), patiently).toBe(expected.length);
    expect((await labels.allTextContents()).map((label) => label.trim())).toEqual(expected);
    expect(running.complaints).toEqual([]);
  });

  it('keeps it in a project of its own', async () => {
    const database = await readFile(path.join(home, 'user/project/project.sqlite'));
    expect(database.subarray(0, 15).toString()).toBe('SQLite format 3');
  });
});

describe('the binary', () => {
  it('has the fuses that let it run nothing but this application', async () => {
    const wire = await getCurrentFuseWire(binary);
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    // A fuse is the character 0 or 1 in the binary.
    const states = (fuses: readonly FuseV1Options[]): string[] =>
      fuses.map((fuse) => String.fromCharCode(wire[fuse] ?? 0));
    expect(states(on)).toEqual(on.map(() => '1'));
    expect(states(off)).toEqual(off.map(() => '0'));
  });

  it('runs no code that is handed to it', async () => {
    const script = path.join(home, 'intruder.cjs');
    const trace = path.join(home, 'trace');
    await writeFile(
      script,
      `require('node:fs').writeFileSync(${JSON.stringify(trace)}, 'was here')`,
    );
    const args = [`--user-data-dir=${path.join(home, 'other')}`, ...(await switches()).slice(1)];
    for (const env of [
      { NODE_OPTIONS: `--require ${script}` },
      { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` },
    ]) {
      const options = { env: { ...bareEnvironment(), ...env }, timeout: 5000 };
      spawnSync(binary, [script, ...args], options);
      spawnSync(binary, ['-e', `require(${JSON.stringify(script)})`, ...args], options);
    }
    await expect(readFile(trace)).rejects.toThrow('ENOENT');
  });

  it('opens no door for a debugger of Node', async () => {
    const port = await freePort();
    const { stderr } = spawnSync(
      binary,
      [
        `--inspect=127.0.0.1:${port}`,
        `--user-data-dir=${path.join(home, 'third')}`,
        ...(await switches()).slice(1),
      ],
      { env: bareEnvironment(), timeout: 5000, encoding: 'utf8' },
    );
    expect(stderr).not.toContain('Debugger listening');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
