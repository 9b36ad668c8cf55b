import type { ElectronApplication } from 'playwright-core';
import { expect } from 'vitest';

export type Victim = 'library' | 'engine' | 'app' | 'page';

/** Process id of a part of the application, once it runs. */
export async function processId(app: ElectronApplication, part: Victim): Promise<number> {
  if (part === 'app') return app.process().pid ?? 0;
  const find = (): Promise<number> =>
    app.evaluate(
      ({ app: electron }, wanted) =>
        electron
          .getAppMetrics()
          .find(({ name, type }) =>
            wanted === 'page' ? type === 'Tab' : name === `Undertone ${wanted}`,
          )?.pid ?? 0,
      part,
    );
  await expect.poll(find, { timeout: 60_000 }).not.toBe(0);
  return find();
}

/** Kills a process at once, and waits until it is gone. */
export async function endProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 60_000, interval: 5 }).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
