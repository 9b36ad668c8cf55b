import { ref, type Ref } from 'vue';
import type { Exported, ExportFormat } from '#shared/contract/export.ts';
import type { Recording } from '#shared/domain/recording.ts';
import { useApi } from '../../lib/api.ts';
import { withheldWords } from '../../lib/withheld-words.ts';
import { useToasts } from '../../ui/toasts.ts';
import { fitting, proposeName, writtenWords, type Wish } from './choice.ts';

export interface Writing {
  /** How far the export that is being written is; null where there is none. */
  readonly fraction: Ref<number | null>;
  readonly cancel: () => void;
  /** Asks where to, writes, and says what was written. One export is written at a time. */
  readonly write: (
    wish: Wish,
    format: ExportFormat,
    recordings: readonly Recording[],
  ) => Promise<void>;
}

export function createWriting(): Writing {
  const { library, shell } = useApi();
  const toasts = useToasts();
  const fraction = ref<number | null>(null);
  let writing = new AbortController();

  async function write(
    wish: Wish,
    format: ExportFormat,
    recordings: readonly Recording[],
  ): Promise<void> {
    if (fraction.value !== null) return;
    const { per, files } = fitting(wish, format, recordings.length);
    const names = recordings.map(({ name }) => name);
    const suggestedName = proposeName(files, format, names);
    const kind = files === 'each' ? null : { title: format.title, ending: format.ending };
    const to = await shell.call('dialog.saveExport', { suggestedName, kind });
    if (to === null) return;
    const { tier, speakerNames, withheldToo } = wish;
    const ids = recordings.map(({ id }) => id);
    const request = { ids, to, format: format.id, per, files, tier, speakerNames, withheldToo };
    writing = new AbortController();
    fraction.value = 0;
    try {
      const done = await library.call('export.write', request, {
        signal: writing.signal,
        onProgress: (progress) => {
          fraction.value = progress.fraction;
        },
      });
      tell(done, format, to);
    } finally {
      fraction.value = null;
    }
  }

  function tell(done: Exported, { table }: ExportFormat, to: string): void {
    const leftOut = done.leftOut > 0 ? [`Nothing to write yet of ${done.leftOut}.`] : [];
    const withheld = withheldWords(done.withheld);
    if (withheld) leftOut.push(`${withheld}.`);
    toasts.show({
      kind: 'done',
      message: writtenWords(done.rows, done.recordings, table),
      hint: [done.path, ...leftOut, ...done.losses].join('\n'),
      way: {
        words: 'Show file',
        go: () => void toasts.attempt(() => shell.call('desktop.reveal', { grant: to })),
      },
    });
  }

  return {
    fraction,
    cancel: () => {
      writing.abort();
    },
    write,
  };
}
