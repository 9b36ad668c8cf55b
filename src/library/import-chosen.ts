import type { ImportFailure } from '#shared/contract/library.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { sortChosen } from './exchange/find-files.ts';
import type { Grants } from './grants.ts';
import { importRecordings, type ImportOptions } from './import-recordings.ts';

interface Chosen {
  /** Recordings that were chosen, those known before included. */
  readonly added: readonly number[];
  readonly failures: readonly ImportFailure[];
  /** Grants of files of annotations, which a person has to map before they can be stored. */
  readonly annotations: readonly string[];
  readonly beside: readonly string[];
}

/** Takes what was chosen or dropped at once: recordings are registered, annotations are told apart. */
export async function importChosen(
  parts: ImportOptions & { readonly grants: Grants },
  tokens: readonly string[],
  context: CallContext,
): Promise<Chosen> {
  const { grants } = parts;
  const { sounds, annotations, beside } = await sortChosen(tokens, grants);
  // Annotations alone have no need of the engine.
  const imported =
    sounds.length > 0
      ? await importRecordings(parts, sounds.map(grants.resolve), context)
      : { added: [], failures: [] };
  return { ...imported, annotations, beside };
}
