import { setTimeout as delay } from 'node:timers/promises';
import { app, MessageChannelMain } from 'electron';
import { engineContract } from '#shared/contract/engine.ts';
import { toErrorShape } from '#shared/contract/errors.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import type { Args } from '#shared/rpc/contract.ts';
import type { Log } from '../../../../src/main/log/log.ts';
import { forkChild } from '../../../../src/main/processes/child.ts';
import { toPort } from '../../../../src/main/processes/port.ts';
import { supervise, type Supervised } from '../../../../src/main/processes/supervise.ts';

/** What the test says as the last argument. */
export interface HostSettings {
  readonly entry: string;
  readonly args: readonly string[];
  readonly analysis: Args<typeof engineContract, 'analysis.run'>;
  /** Signals by the names of what they do to an engine. */
  readonly faults: Readonly<Record<string, NodeJS.Signals>>;
  /** Of each of them. */
  readonly rounds: number;
}

/** What the test is told of each fault, as a line of JSON. */
export interface Suffered {
  readonly fault: string;
  /** Until the call that waited was rejected. */
  readonly seconds: number;
  /** With which code it was. */
  readonly code: string;
  /** What those who follow the process were told. */
  readonly reason: string;
}

/*
 * Electron's main process without a window: for each kind of fault an engine, kept running as the application keeps
 * it, that analyses over and over while things happen to it.
 */
const settings = JSON.parse(process.argv.at(-1) ?? '') as HostSettings;
/** An engine that dies more often within a minute is given up, and each time it is started later. */
const deathsAStart = 2;
const log: Log = {
  info: () => undefined,
  failure: () => undefined,
  output: () => undefined,
};

function clientOf(engine: Supervised): Client<typeof engineContract> {
  const { port1, port2 } = new MessageChannelMain();
  engine.give('page', port1);
  return connect(toPort(port2), engineContract, { whenGone: 'engine-stopped' });
}

/** @returns the code of the error that ends it */
async function workUntilItFails(client: Client<typeof engineContract>): Promise<string> {
  for (;;) {
    try {
      await client.call('analysis.run', settings.analysis);
    } catch (error) {
      return toErrorShape(error).code;
    }
  }
}

async function sufferAll(fault: string, signal: NodeJS.Signals): Promise<void> {
  const name = `engine that meets ${fault}`;
  const pid = (): number =>
    app.getAppMetrics().find((process_) => process_.name === `Undertone ${name}`)?.pid ?? 0;
  for (let round = 0; round < settings.rounds;) {
    let onRestart: (reason: string) => void = () => undefined;
    const engine = supervise({
      fork: () => forkChild({ name, entry: settings.entry, args: settings.args }, log),
      onRestart: (reason) => {
        onRestart(reason);
      },
      onUnavailable: ({ kind }) => {
        throw new Error(`${name} was given up: ${kind}`);
      },
    });
    for (let death = 0; death < deathsAStart && round < settings.rounds; death += 1, round += 1) {
      const client = clientOf(engine);
      // That it answers says that it has been started again.
      await client.call('analysis.run', settings.analysis);
      const failed = workUntilItFails(client);
      const restarted = new Promise<string>((resolve) => (onRestart = resolve));
      await delay((round * 7919) % 300);
      const began = performance.now();
      process.kill(pid(), signal);
      const code = await failed;
      const seconds = (performance.now() - began) / 1000;
      const told: Suffered = { fault, seconds, code, reason: await restarted };
      process.stdout.write(`${JSON.stringify(told)}\n`);
    }
    await engine.close();
  }
}

void app
  .whenReady()
  .then(() =>
    Promise.all(Object.entries(settings.faults).map(([name, signal]) => sufferAll(name, signal))),
  )
  .then(
    () => {
      app.exit(0);
    },
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      app.exit(1);
    },
  );
