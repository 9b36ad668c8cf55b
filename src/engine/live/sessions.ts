import type { listenContract } from '#shared/contract/live.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Toolbox } from '#engine/toolbox.ts';
import { createLiveAnalysis, type LiveAnalysis } from './live-analysis.ts';

/** Who is listened to just now: one recording at a time, so a new one ends the one before. */
export function createLiveSessions({
  predictor,
  voiceActivity,
}: Pick<Toolbox, 'predictor' | 'voiceActivity'>): Handlers<typeof listenContract> {
  let last = 0;
  let current: { readonly session: number; readonly live: LiveAnalysis } | undefined;

  function end(): void {
    current?.live.dispose();
    current = undefined;
  }

  return {
    'live.start': async ({ modelFolder, ...shape }) => {
      const tools = {
        predictor: await predictor(modelFolder),
        voiceActivity: await voiceActivity(),
      };
      const live = await createLiveAnalysis(tools, shape);
      end();
      current = { session: (last += 1), live };
      return { session: last, hopSeconds: tools.predictor.card.timeline.hopSeconds };
    },
    'live.hear': ({ session, samples }) => {
      if (current?.session !== session) {
        throw new UndertoneError('invalid-call', { detail: 'nobody listens to this recording' });
      }
      return current.live.push(samples);
    },
    'live.stop': ({ session }) => {
      if (current?.session === session) end();
    },
  };
}
