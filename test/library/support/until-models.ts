import type { ModelsState } from '#shared/contract/models.ts';
import type { TestLibrary } from './test-library.ts';

/** Resolves once the models, as the page was last told of them, are so. */
export function untilModels(
  { page }: Pick<TestLibrary, 'page'>,
  is: (state: ModelsState) => boolean,
): Promise<ModelsState> {
  return new Promise((resolve, reject) => {
    const stop = page.on('models.changed', (state) => {
      if (!is(state)) return;
      stop();
      resolve(state);
    });
    page.call('models.state', {}).then((state) => {
      if (is(state)) resolve(state);
    }, reject);
  });
}

export const hasOffer = ({ versions, retraining }: ModelsState): boolean =>
  retraining.kind === 'idle' && versions.some(({ kept }) => !kept);
