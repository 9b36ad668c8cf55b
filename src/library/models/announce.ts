import type { libraryContract } from '#shared/contract/library.ts';
import type { Served } from '#shared/rpc/serve.ts';
import type { LabelOffer } from '../annotation/label-offer.ts';
import type { Models } from './models.ts';

interface AnnounceOptions {
  readonly models: Models;
  readonly labels: LabelOffer;
  readonly page: Served<typeof libraryContract>;
  /** Told where the engine could not be asked. */
  readonly onBug: (error: unknown) => void;
}

/**
 * Tells a page how retraining goes and of every change of versions; another active model may have other labels.
 *
 * @returns a function that ends it
 */
export function announceModels({ models, labels, page, onBug }: AnnounceOptions): () => void {
  const closed = new AbortController();
  let active: string | null | undefined;

  async function tell(): Promise<void> {
    const state = await models.state(closed.signal);
    page.emit('models.changed', state);
    if (active !== state.active && active !== undefined) {
      page.emit('labels.changed', await labels.list(closed.signal));
    }
    active = state.active;
  }

  const follow = (): void => {
    tell().catch((error: unknown) => {
      if (!closed.signal.aborted) onBug(error);
    });
  };
  const unsubscribe = models.subscribe(follow);
  return () => {
    unsubscribe();
    closed.abort();
  };
}
