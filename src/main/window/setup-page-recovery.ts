import type { BrowserWindow } from 'electron';
import type { Log } from '../log/log.ts';
import { planRestart } from '../processes/restart-policy.ts';
import { tellAndQuit } from './tell-and-quit.ts';

/** Loads the page again after its process crashed, as often as a process is started again. */
export function setupPageRecovery(window: BrowserWindow, log: Log): void {
  const deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    log.info(`the page is gone: ${reason}`);
    deaths.push(performance.now());
    const plan = planRestart(deaths);
    if (plan.kind === 'never') {
      tellAndQuit({ kind: 'died', reason: `its window crashed (${reason})` });
      return;
    }
    setTimeout(() => {
      if (!window.isDestroyed()) window.reload();
    }, plan.milliseconds);
  });
}
