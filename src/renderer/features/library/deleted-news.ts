import type { DeletedForGood } from '#shared/contract/catalogue.ts';
import { count } from '../../lib/words.ts';
import type { Toast } from '../../ui/toasts.ts';
import { dayAndTime } from '../project/index.ts';

/** What is said once recordings have been deleted for good. */
export function deletedNews({ deleted, inBackupsUntil }: DeletedForGood): Omit<Toast, 'id'> {
  return {
    kind: 'done',
    message: `${count(deleted, 'recording')} deleted for good.`,
    hint: inBackupsUntil
      ? `Backups made before may hold their labels and notes until ${dayAndTime(inBackupsUntil)}.`
      : '',
  };
}
