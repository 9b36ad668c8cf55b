import { UndertoneError } from '#shared/contract/errors.ts';
import type { shellContract } from '#shared/contract/shell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Grants } from './grants.ts';

export interface StartFacts {
  /** Path of the recording that comes with the application. */
  readonly sample: string;
  /** Whether nobody has used Undertone here before. */
  readonly isFirst: boolean;
}

/** Answers what a page wants to know to begin with. */
export function startHandlers(
  grants: Grants,
  { sample, isFirst }: StartFacts,
): Pick<Handlers<typeof shellContract>, 'start.describe' | 'sample.offer'> {
  return {
    'start.describe': () => ({ first: isFirst }),
    'sample.offer': async () => {
      const [grant] = await grants.add([sample]);
      if (grant === undefined) throw new UndertoneError('not-found', { subject: 'The sample' });
      return grant;
    },
  };
}
