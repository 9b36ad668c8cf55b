import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UndertoneError } from '#shared/contract/errors.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import type { Contract, Handlers, Progress } from '#shared/rpc/contract.ts';
import { serve, type Served } from '#shared/rpc/serve.ts';
import { nodePort } from './node-port.ts';

const contract = {
  methods: {
    add: { args: z.object({ a: z.number(), b: z.number() }), result: z.number() },
    count: { args: z.object({ to: z.number() }), result: z.void() },
    hang: { args: z.object({}), result: z.void() },
    fail: { args: z.object({ how: z.enum(['expected', 'bug', 'abort']) }), result: z.void() },
    lie: { args: z.object({}), result: z.number() },
    uncloneable: { args: z.object({}), result: z.unknown() },
    floats: { args: z.object({ length: z.number() }), result: z.instanceof(Float32Array) },
  },
  events: { ticked: z.object({ at: z.number() }) },
} as const satisfies Contract;

interface Ends {
  readonly client: Client<typeof contract>;
  readonly served: Served<typeof contract>;
  readonly channel: MessageChannel;
  readonly serverBugs: unknown[];
  readonly clientBugs: unknown[];
  /** Resolves when the handler of `hang` has been aborted. */
  readonly hangAborted: Promise<void>;
}

const opened: MessageChannel[] = [];
afterEach(() => {
  for (const channel of opened.splice(0)) channel.port1.close();
});

function createHandlers(onAbort: () => void): Handlers<typeof contract> {
  return {
    add: ({ a, b }) => a + b,
    count: async ({ to }, { report }) => {
      for (let step = 1; step <= to; step++) {
        report({ stage: 'counting', fraction: step / to });
        await Promise.resolve();
      }
    },
    hang: (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          onAbort();
          reject(new UndertoneError('cancelled'));
        });
      }),
    fail: ({ how }) => {
      if (how === 'expected') throw new UndertoneError('file-missing', { subject: 'a.wav' });
      if (how === 'abort') throw new DOMException('stopped', 'AbortError');
      throw new TypeError('undefined is not a function');
    },
    lie: () => 'three' as unknown as number,
    uncloneable: () => () => 1,
    floats: ({ length }) => new Float32Array(length).fill(0.5),
  };
}

function openEnds(): Ends {
  const channel = new MessageChannel();
  opened.push(channel);
  const serverBugs: unknown[] = [];
  const clientBugs: unknown[] = [];
  let aborted = (): void => undefined;
  const hangAborted = new Promise<void>((resolve) => {
    aborted = resolve;
  });
  const served = serve(
    nodePort(channel.port1),
    contract,
    createHandlers(() => {
      aborted();
    }),
    (bug) => serverBugs.push(bug),
  );
  const client = connect(nodePort(channel.port2), contract, {
    onBug: (bug) => clientBugs.push(bug),
  });
  return { client, served, channel, serverBugs, clientBugs, hangAborted };
}

describe('a call', () => {
  it('is answered, many at a time, each with its own answer', async () => {
    const { client } = openEnds();
    const sums = await Promise.all(
      Array.from({ length: 50 }, (_, index) => client.call('add', { a: index, b: 1 })),
    );
    expect(sums).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('carries typed arrays', async () => {
    const { client } = openEnds();
    const floats = await client.call('floats', { length: 100_000 });
    expect(floats).toBeInstanceOf(Float32Array);
    expect(floats.length).toBe(100_000);
    expect(floats[99_999]).toBe(0.5);
  });

  it('reports progress in order before it is answered', async () => {
    const { client } = openEnds();
    const seen: Progress[] = [];
    await client.call('count', { to: 4 }, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map((progress) => progress.fraction)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(seen[0]?.stage).toBe('counting');
  });

  it('with arguments that break the contract never reaches the handler', async () => {
    const { client, serverBugs } = openEnds();
    const wrong = { a: 'one', b: 2 } as unknown as { a: number; b: number };
    await expect(client.call('add', wrong)).rejects.toMatchObject({
      code: 'invalid-call',
      message: expect.stringContaining('add: a') as string,
    });
    expect(serverBugs).toEqual([]);
  });

  it('that cannot be cloned is refused at once and leaves nothing waiting', async () => {
    const { client } = openEnds();
    const signal = new AbortController();
    const wrong = { a: () => 1, b: 2 } as unknown as { a: number; b: number };
    const call = client.call('add', wrong, { signal: signal.signal });
    await expect(call).rejects.toMatchObject({ code: 'invalid-call' });
    signal.abort();
    await expect(client.call('add', { a: 1, b: 2 })).resolves.toBe(3);
  });

  it.each(['subtract', '__proto__', 'constructor', 'toString'])(
    'of %s, which is no method, is refused',
    async (name) => {
      const { client } = openEnds();
      const method = name as 'hang';
      await expect(client.call(method, {})).rejects.toMatchObject({ code: 'invalid-call' });
    },
  );

  it('whose answer breaks the contract is rejected', async () => {
    const { client } = openEnds();
    await expect(client.call('lie', {})).rejects.toMatchObject({
      code: 'invalid-call',
      message: expect.stringContaining('answer to lie') as string,
    });
  });

  it('whose answer cannot be cloned is rejected and told to the log', async () => {
    const { client, serverBugs } = openEnds();
    await expect(client.call('uncloneable', {})).rejects.toMatchObject({ code: 'internal' });
    expect(serverBugs).toHaveLength(1);
  });
});

describe('an error', () => {
  it('that is expected crosses with code, sentence and way out, and is no bug', async () => {
    const { client, serverBugs } = openEnds();
    const original = new UndertoneError('file-missing', { subject: 'a.wav' });
    await expect(client.call('fail', { how: 'expected' })).rejects.toMatchObject({
      name: 'UndertoneError',
      code: original.code,
      message: original.message,
      hint: original.hint,
    });
    expect(serverBugs).toEqual([]);
  });

  it('that is not expected crosses as internal and is told to the log', async () => {
    const { client, serverBugs } = openEnds();
    await expect(client.call('fail', { how: 'bug' })).rejects.toMatchObject({ code: 'internal' });
    expect(serverBugs).toEqual([expect.any(TypeError)]);
  });

  it('named AbortError crosses as cancelled', async () => {
    const { client, serverBugs } = openEnds();
    const call = client.call('fail', { how: 'abort' });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(serverBugs).toEqual([]);
  });
});

describe('cancelling', () => {
  it('rejects the caller and aborts the handler; the port stays usable', async () => {
    const { client, hangAborted, clientBugs } = openEnds();
    const controller = new AbortController();
    const call = client.call('hang', {}, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await hangAborted;
    await expect(client.call('add', { a: 2, b: 2 })).resolves.toBe(4);
    expect(clientBugs).toEqual([]);
  });

  it('before the call sends nothing', async () => {
    const { client, channel } = openEnds();
    const sent: unknown[] = [];
    channel.port1.on('message', (message) => sent.push(message));
    const call = client.call('add', { a: 1, b: 1 }, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await client.call('add', { a: 1, b: 2 });
    expect(sent).toEqual([{ kind: 'call', id: 1, method: 'add', args: { a: 1, b: 2 } }]);
  });

  it('after the answer is without effect', async () => {
    const { client, channel } = openEnds();
    const sent: unknown[] = [];
    channel.port1.on('message', (message) => sent.push(message));
    const controller = new AbortController();
    await client.call('add', { a: 1, b: 1 }, { signal: controller.signal });
    controller.abort();
    await client.call('add', { a: 1, b: 2 });
    expect(sent).toHaveLength(2);
  });
});

describe('a closed port', () => {
  it('rejects what waits and what comes later, and aborts the handler', async () => {
    const { client, channel, hangAborted } = openEnds();
    const waiting = client.call('hang', {});
    await client.call('add', { a: 1, b: 1 });
    const rejected = expect(waiting).rejects.toMatchObject({ code: 'engine-stopped' });
    channel.port1.close();
    await rejected;
    await hangAborted;
    await expect(client.call('add', { a: 1, b: 1 })).rejects.toMatchObject({
      code: 'engine-stopped',
    });
  });

  it('by the caller aborts the handler at the other end', async () => {
    const { client, hangAborted } = openEnds();
    const waiting = client.call('hang', {});
    await client.call('add', { a: 1, b: 1 });
    client.close();
    await expect(waiting).rejects.toMatchObject({ code: 'engine-stopped' });
    await hangAborted;
  });

  it('is told of in the words that were asked for', async () => {
    const channel = new MessageChannel();
    const client = connect(nodePort(channel.port2), contract, { whenGone: 'library-stopped' });
    const rejected = expect(client.call('hang', {})).rejects.toMatchObject({
      code: 'library-stopped',
    });
    channel.port1.close();
    await rejected;
  });
});

describe('two ends', () => {
  it('of one server keep their calls apart although their ids are the same', async () => {
    const one = openEnds();
    const two = openEnds();
    const [first, second] = await Promise.all([
      one.client.call('add', { a: 1, b: 1 }),
      two.client.call('add', { a: 2, b: 2 }),
    ]);
    expect([first, second]).toEqual([2, 4]);
    one.client.close();
    await expect(two.client.call('add', { a: 3, b: 3 })).resolves.toBe(6);
  });
});

describe('an event', () => {
  it('reaches every listener until it ends its subscription', async () => {
    const { client, served } = openEnds();
    const first: number[] = [];
    const second: number[] = [];
    const stop = client.on('ticked', ({ at }) => first.push(at));
    client.on('ticked', ({ at }) => second.push(at));
    served.emit('ticked', { at: 1 });
    await client.call('add', { a: 0, b: 0 });
    stop();
    served.emit('ticked', { at: 2 });
    await client.call('add', { a: 0, b: 0 });
    expect(first).toEqual([1]);
    expect(second).toEqual([1, 2]);
  });
});

describe('a message from a process gone wrong', () => {
  it.each([
    ['no envelope', 'hello'],
    ['nothing', null],
    ['an unknown kind', { kind: 'shutdown' }],
    ['an unknown event', { kind: 'event', name: 'tocked', payload: {} }],
    ['a prototype key', { kind: 'event', name: '__proto__', payload: {} }],
    ['an event that breaks the contract', { kind: 'event', name: 'ticked', payload: { at: 'x' } }],
    ['an impossible fraction', { kind: 'progress', id: 1, progress: { stage: '', fraction: 2 } }],
  ])('(%s) is told to the log of the calling side, which goes on', async (_, message) => {
    const { client, channel, clientBugs } = openEnds();
    channel.port1.postMessage(message);
    await expect(client.call('add', { a: 1, b: 1 })).resolves.toBe(2);
    expect(clientBugs).toHaveLength(1);
  });

  it.each([
    ['no envelope', 42],
    ['an id that is no number', { kind: 'call', id: 'x', method: 'add', args: {} }],
    ['a negative id', { kind: 'cancel', id: -1 }],
  ])('(%s) is told to the log of the serving side, which goes on', async (_, message) => {
    const { client, channel, serverBugs } = openEnds();
    channel.port2.postMessage(message);
    await expect(client.call('add', { a: 1, b: 1 })).resolves.toBe(2);
    expect(serverBugs).toHaveLength(1);
  });

  it('answers that nobody waits for are dropped', async () => {
    const { client, channel, clientBugs } = openEnds();
    channel.port1.postMessage({ kind: 'result', id: 999, value: 1 });
    await expect(client.call('add', { a: 1, b: 1 })).resolves.toBe(2);
    expect(clientBugs).toEqual([]);
  });
});
