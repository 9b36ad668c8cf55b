import type { ModelVersion } from '#shared/domain/model-version.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';

interface VersionFiles {
  readonly share: (version: ModelVersion) => Promise<void>;
  readonly takeIn: () => Promise<void>;
}

/** Versions as files, out of the project and into it. */
export function useVersionFiles(): VersionFiles {
  const { library, shell } = useApi();
  const { attempt, show } = useToasts();

  /** Writes a version as a file. What it learnt came from people's voices, which is to be said. */
  function share({ id, number }: ModelVersion): Promise<void> {
    return attempt(async () => {
      const suggestedName = `${id}.undertone-model`;
      const to = await shell.call('dialog.saveModel', { suggestedName });
      if (to === null) return;
      await library.call('models.export', { id, to });
      show({
        kind: 'done',
        message: `Version ${number} was written to a file.`,
        hint: 'It holds no sound, but it has learnt from the voices of those you corrected: ask them before you pass it on.',
        way: {
          words: 'Show file',
          go: () => void attempt(() => shell.call('desktop.reveal', { grant: to })),
        },
      });
    });
  }

  function takeIn(): Promise<void> {
    return attempt(async () => {
      const from = await shell.call('dialog.openModel', {});
      if (from === null) return;
      await library.call('models.import', { from });
      show({
        kind: 'done',
        message: 'The version was checked and taken in.',
        hint: 'It analyses once you choose it.',
      });
    });
  }

  return { share, takeIn };
}
