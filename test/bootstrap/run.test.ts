import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../scripts/setup/children.mjs';
import { isOnPath, passThrough, run, runOrFail } from '../../scripts/setup/run.mjs';

const node = process.execPath;
const posix = process.platform !== 'win32';

describe('run', () => {
  it('gives exit status and output', async () => {
    const program = 'console.log("out"); console.error("err"); process.exitCode = 3';
    const { status, stdout, output } = await run(node, ['-e', program]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: 'out\n' });
    expect(output).toContain('err\n');
  });

  it('says so when the program does not exist', async () => {
    const { status, output } = await run('no-such-program', []);
    expect(status).toBe(-1);
    expect(output).toContain('ENOENT');
  });

  it.runIf(posix)('ends a program that takes too long, and what it started', async () => {
    const grandchild = 'setInterval(() => {}, 1000)';
    const program = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]);
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const { status, stdout } = await run(node, ['-e', program], { timeout: 1500 });
    expect(status).toBe(-1);
    expect(Number(stdout)).toBeGreaterThan(0);
    // The system takes a moment to bury it.
    for (let tries = 0; tries < 50 && isAlive(Number(stdout)); tries += 1) await sleep(100);
    expect(isAlive(Number(stdout))).toBe(false);
  });
});

describe('runOrFail', () => {
  it('fails with the given sentence and keeps the output', async () => {
    const options = { sentence: 'It did not work. Try again.' };
    const failing = runOrFail(node, ['-e', 'console.log("why"); process.exit(1)'], options);
    await expect(failing).rejects.toMatchObject({
      message: 'It did not work. Try again.',
      output: 'why\n',
    });
  });
});

describe('passThrough', () => {
  it('hands on the exit status', async () => {
    expect(await passThrough(node, ['-e', 'process.exitCode = 2'])).toBe(2);
  });

  it.runIf(posix)('gives 128 + n for a program that a signal ended, as shells do', async () => {
    expect(await passThrough(node, ['-e', 'process.kill(process.pid, "SIGTERM")'])).toBe(143);
  });
});

describe('isOnPath', () => {
  it.runIf(posix)('finds programs', async () => {
    expect(await isOnPath('sh')).toBe(true);
    expect(await isOnPath('no-such-program')).toBe(false);
  });
});
