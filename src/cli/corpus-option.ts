import { InvalidArgumentError, Option } from 'commander';
import { corpusKinds, type Corpus, type CorpusKind } from '#engine/training/corpora/clip.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';

/** `KIND:DIR` as it was typed. */
export interface CorpusChoice {
  readonly kind: CorpusKind;
  readonly folder: string;
}

/** `--corpus`, which may be given several times where a command takes several corpora. */
export function corpusOption(): Option {
  return new Option(
    '--corpus <kind:folder...>',
    `labelled recordings; the kind is ${corpusKinds.join(', ')}`,
  )
    .argParser((value: string, earlier: readonly CorpusChoice[] | undefined) => [
      ...(earlier ?? []),
      parse(value),
    ])
    .makeOptionMandatory();
}

function parse(value: string): CorpusChoice {
  const colon = value.indexOf(':');
  const kind = corpusKinds.find((known) => known === value.slice(0, colon));
  const folder = value.slice(colon + 1);
  if (kind && folder !== '') return { kind, folder };
  throw new InvalidArgumentError(
    `Name a kind (${corpusKinds.join(', ')}) and a folder, like ravdess:./RAVDESS.`,
  );
}

export function openCorpora(choices: readonly CorpusChoice[]): Promise<readonly Corpus[]> {
  return Promise.all(choices.map(({ kind, folder }) => openCorpus(kind, folder)));
}
