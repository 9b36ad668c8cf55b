import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { ImportFailure } from '#shared/contract/library.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';

/** Grants of annotations that came along with recordings, for whoever imports those. */
interface Annotations {
  /** Files that the person chose or dropped. */
  readonly chosen: readonly string[];
  /** Files that were found in folders. */
  readonly beside: readonly string[];
}

interface Adding {
  /** What the search for recordings says of itself; null where there is none. */
  readonly searching: Ref<string | null>;
  readonly stopSearching: () => void;
  readonly importFailures: ShallowRef<readonly ImportFailure[]>;
  readonly annotations: ShallowRef<Annotations>;
  readonly openFiles: () => Promise<void>;
  readonly openFolder: () => Promise<void>;
  readonly importDropped: (files: readonly File[]) => Promise<void>;
  readonly forgetImportFailures: () => void;
}

/**
 * Files and folders on their way into the project; while one folder is searched another may be chosen.
 *
 * @param select told of the first recording that was added
 */
export function useAdding(select: (id: number) => void): Adding {
  const { library, shell, grantDropped } = useApi();
  const { attempt } = useToasts();
  const importFailures = shallowRef<readonly ImportFailure[]>([]);
  const annotations = shallowRef<Annotations>({ chosen: [], beside: [] });

  const searching = ref<string | null>(null);
  const searches = new Set<AbortController>();

  async function add(grants: readonly string[]): Promise<void> {
    if (grants.length === 0) return;
    const search = new AbortController();
    searches.add(search);
    try {
      const { signal } = search;
      const onProgress = ({ stage }: { readonly stage: string }): void => {
        searching.value = stage;
      };
      const found = await library.call('recordings.import', { grants }, { signal, onProgress });
      importFailures.value = found.failures;
      const [first] = found.added;
      if (first !== undefined) select(first);
      annotations.value = { chosen: found.annotations, beside: found.beside };
    } finally {
      searches.delete(search);
      if (searches.size === 0) searching.value = null;
    }
  }

  return {
    searching,
    stopSearching: () => {
      for (const search of searches) search.abort();
    },
    importFailures,
    annotations,
    openFiles: () => attempt(async () => add(await shell.call('dialog.openFiles', {}))),
    openFolder: () => attempt(async () => add(await shell.call('dialog.openFolder', {}))),
    importDropped: (files) => attempt(async () => add(await grantDropped(files))),
    forgetImportFailures: () => {
      importFailures.value = [];
    },
  };
}
