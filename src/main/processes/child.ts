import { app, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { ErrorShape } from '#shared/contract/errors.ts';
import type { Log } from '../log/log.ts';
import { watchHeartbeat, watchStart } from './heartbeat.ts';
import { fromChild, type Peer, type ToChild } from './messages.ts';

/** How a child came to its end. */
export type Ending =
  /** It could not start, for a reason that starting again would not change. */
  | { readonly kind: 'refused'; readonly error: ErrorShape }
  | { readonly kind: 'died'; readonly reason: string };

export interface Child {
  readonly connect: (peer: Peer, port: MessagePortMain) => void;
  /** Settles when it serves; where it never does, only `ended` does. */
  readonly ready: Promise<void>;
  readonly ended: Promise<Ending>;
  /** Asks it to finish what it is writing and end; resolves when it has ended, by force after two seconds. */
  readonly close: () => Promise<void>;
}

export interface ChildOptions {
  /** As the system's list of processes and the log call it. */
  readonly name: string;
  readonly entry: string;
  readonly args: readonly string[];
}

const closeMilliseconds = 2_000;

/** What a child may know of the environment: where programs and temporary files are, and our own settings. */
const allowedVariables = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'TZ',
  'UNDERTONE_ENGINE',
];

/** Starts a utility process. It counts as dead once it is gone, or no longer answers. */
export function forkChild(options: ChildOptions, log: Log): Child {
  const { name } = options;
  const child = startProcess(options, log);
  const post = (message: ToChild, ports: MessagePortMain[] = []): void => {
    child.postMessage(message, ports);
  };

  const cpuSeconds = (): number | undefined =>
    app.getAppMetrics().find(({ pid }) => pid === child.pid)?.cpu.cumulativeCPUUsage;
  const heartbeat = watchHeartbeat({
    ask: () => {
      post({ kind: 'ping' });
    },
    cpuSeconds,
    onSilence: () => {
      kill('it no longer answered');
    },
  });
  const endStart = watchStart({
    cpuSeconds,
    onSilence: () => {
      kill('it did not go on starting');
    },
  });
  let cause = '';
  let refusal: ErrorShape | undefined;
  function kill(because: string): void {
    cause = because;
    // A process that hangs or is stopped does not heed the polite signal that `child.kill()` sends.
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  }

  let tellReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });
  child.on('message', (data) => {
    const message = fromChild.parse(data);
    switch (message.kind) {
      case 'ready':
        log.info(`${name} is ready`);
        endStart();
        heartbeat.start();
        tellReady();
        return;
      case 'pong':
        heartbeat.heard();
        return;
      case 'refused':
        refusal = message.error;
        kill('it could not start');
    }
  });
  const ended = new Promise<Ending>((resolve) => {
    child.on('exit', (code) => {
      endStart();
      heartbeat.stop();
      const reason = cause || `it ended with code ${code}`;
      log.info(`${name} is gone: ${reason}`);
      resolve(refusal ? { kind: 'refused', error: refusal } : { kind: 'died', reason });
    });
  });

  return {
    connect: (peer, port) => {
      post({ kind: 'connect', peer }, [port]);
    },
    ready,
    ended,
    close: async () => {
      post({ kind: 'close' });
      const timer = setTimeout(() => {
        kill('it took too long to close');
      }, closeMilliseconds);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** A process that knows little and whose output goes to the log. */
function startProcess({ name, entry, args }: ChildOptions, log: Log): UtilityProcess {
  const child = utilityProcess.fork(entry, [...args], {
    serviceName: `Undertone ${name}`,
    env: allowedEnvironment(),
    execArgv: [],
    stdio: 'pipe',
    allowLoadingUnsignedLibraries: false,
    disclaim: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log.output(name, text);
    });
  }
  return child;
}

function allowedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    allowedVariables.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
