import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePortMain } from 'electron';
import type { Child, Ending } from './child.ts';
import type { Peer } from './messages.ts';
import { planRestart } from './restart-policy.ts';

interface Supervision {
  readonly fork: () => Child;
  /** It was started again after it had died. */
  readonly onRestart: (reason: string) => void;
  /** It will not be started again. */
  readonly onUnavailable: (ending: Ending) => void;
}

export interface Supervised {
  /**
   * Hands a port to the child that runs now. Where none does the port is closed, so that every call from
   * its other end is rejected instead of waiting for ever.
   */
  readonly give: (peer: Peer, port: MessagePortMain) => void;
  /** Ends the child for good. */
  readonly close: () => Promise<void>;
}

/** Keeps a child process running: starts it now, and again after each death as `planRestart` says. */
export function supervise({ fork, onRestart, onUnavailable }: Supervision): Supervised {
  const deaths: number[] = [];
  let closing = false;
  let child: Child | undefined;

  function start(): void {
    const started = fork();
    child = started;
    void started.ended.then((ending) => {
      child = undefined;
      return closing ? undefined : recover(ending);
    });
  }

  async function recover(ending: Ending): Promise<void> {
    if (ending.kind === 'refused') {
      onUnavailable(ending);
      return;
    }
    deaths.push(performance.now());
    const plan = planRestart(deaths);
    if (plan.kind === 'never') {
      onUnavailable(ending);
      return;
    }
    await delay(plan.milliseconds);
    if (closing) return;
    start();
    onRestart(ending.reason);
  }

  start();
  return {
    give: (peer, port) => {
      if (child) child.connect(peer, port);
      else port.close();
    },
    close: async () => {
      closing = true;
      await child?.close();
    },
  };
}
