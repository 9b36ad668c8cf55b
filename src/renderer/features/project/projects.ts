import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ProjectsState } from '#shared/contract/shell.ts';
import type { Recovery } from '#shared/domain/recovery.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';

/** Which project folder is open, which others there are, and going from one to another. */
export const useProjects = defineStore('projects', () => {
  const { shell, library } = useApi();
  const { attempt, show } = useToasts();

  const state = shallowRef<ProjectsState | null>(null);
  const recovery = shallowRef<Recovery | null>(null);
  /** How far a copy has come; null where none is being made. */
  const copied = ref<number | null>(null);
  const backupsShown = ref(false);
  const current = computed(() => state.value?.current ?? null);
  const id = computed(() => current.value?.id ?? '');

  function load(): Promise<void> {
    return attempt(async () => {
      state.value = await shell.call('projects.state', {});
      recovery.value = await library.call('project.recovery', {});
    });
  }

  /** The page is loaded again where another project opens, so there is nothing to do after that. */
  const ask = (method: 'projects.create' | 'projects.open') => () =>
    attempt(async () => {
      await shell.call(method, {});
    });

  function openRecent(place: string): Promise<void> {
    return attempt(async () => {
      await shell.call('projects.openRecent', { id: place });
    });
  }

  return {
    state,
    current,
    id,
    recovery,
    copied,
    backupsShown,
    load,
    create: ask('projects.create'),
    open: ask('projects.open'),
    openRecent,
    forget: (place: string) =>
      attempt(async () => {
        state.value = await shell.call('projects.forget', { id: place });
      }),
    copy: () =>
      attempt(async () => {
        try {
          const onProgress = ({ fraction }: { fraction: number }): void => {
            copied.value = fraction;
          };
          const place = await shell.call('projects.copy', {}, { onProgress });
          if (!place) return;
          state.value = await shell.call('projects.state', {});
          show({
            kind: 'done',
            message: `Copied to ${place.name}, and checked.`,
            hint: place.folder,
            way: {
              words: 'Open it',
              go: () => void openRecent(place.id),
            },
          });
        } finally {
          copied.value = null;
        }
      }),
    reveal: () => attempt(() => shell.call('projects.reveal', {})),
    acknowledge: () =>
      attempt(async () => {
        await library.call('project.acknowledgeRecovery', {});
        recovery.value = null;
      }),
    /** Has a backup take the place of what there is, of which a copy is kept. */
    restore: (backup: string) =>
      attempt(async () => {
        await library.call('backups.restore', { id: backup });
        await shell.call('projects.reopen', {});
      }),
    dismissFailure: () => {
      if (state.value) state.value = { ...state.value, failure: null };
    },
  };
});
