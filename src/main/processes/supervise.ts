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
  /** Settles when the first child serves, with undefined, or how it ended before it did. */
  readonly started: Promise<Ending | undefined>;
  /** Ends the child for good. */
  readonly close: () => Promise<void>;
}

/** Keeps a child process running: starts it now, and again after each death as `planRestart` says. */
export function supervise({ fork, onRestart, onUnavailable }: Supervision): Supervised {
  const deaths: number[] = [];
  let closing = false;
  let child: Child | undefined;

  function start(): Promise<Ending | undefined> {
    const next = fork();
    child = next;
    void next.ended.then((ending) => {
      child = undefined;
      return closing ? undefined : recover(ending);
    });
    return Promise.race([next.ready.then(() => undefined), next.ended]);
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
    void start();
    onRestart(ending.reason);
  }

  const started = start();
  return {
    started,
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
