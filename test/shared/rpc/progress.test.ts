import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { connect } from '#shared/rpc/connect.ts';
import type { Contract } from '#shared/rpc/contract.ts';
import { serve } from '#shared/rpc/serve.ts';
import { nodePort } from './node-port.ts';

const contract = {
  methods: { work: { args: z.object({}), result: z.void() } },
  events: {},
} as const satisfies Contract;

it('a fraction a hair outside 0 to 1 neither fails the call nor reaches the caller as it is', async () => {
  const channel = new MessageChannel();
  const fractions = [-1e-12, Number.NaN, 0.1 + 0.2, 1 + 1e-12];
  serve(
    nodePort(channel.port1),
    contract,
    {
      work: (_, { report }) => {
        for (const fraction of fractions) report({ stage: 'working', fraction });
      },
    },
    (bug) => {
      throw bug;
    },
  );
  const client = connect(nodePort(channel.port2), contract);
  const seen: number[] = [];
  await client.call('work', {}, { onProgress: ({ fraction }) => seen.push(fraction) });
  expect(seen).toEqual([0, 0, 0.1 + 0.2, 1]);
  client.close();
});
