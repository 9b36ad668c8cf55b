import { noSpeech, unsure } from '#shared/domain/label.ts';
import type { LabelDefinition } from '#shared/domain/label-definition.ts';
import type { Project } from '../project.ts';
import { refusal } from './refusal.ts';

/** The labels that people can give. */
export interface LabelOffer {
  readonly list: (signal: AbortSignal) => Promise<readonly LabelDefinition[]>;
  /**
   * Makes these the project's own, in this order.
   *
   * @throws UndertoneError `edit-refused` where two share a name or a key
   */
  readonly put: (labels: readonly LabelDefinition[]) => void;
}

export function createLabelOffer(
  { labels: stored, journal }: Project,
  modelLabels: (signal: AbortSignal) => Promise<readonly string[]>,
): LabelOffer {
  return {
    list: async (signal) =>
      offer(stored.list(), [...(await modelLabels(signal)), noSpeech, unsure]),
    put: (labels) => {
      const keys = labels.flatMap(({ key }) => key ?? []);
      if (new Set(labels.map(({ name }) => name)).size < labels.length) throw refusal('name-taken');
      if (new Set(keys).size < keys.length) throw refusal('key-taken');
      journal.act({ words: 'Changed the labels', recordingId: null }, () => {
        stored.replace(labels);
      });
    },
  };
}

/** The project's own first; then what it has not changed, with keys only where nobody has chosen any. */
function offer(
  own: readonly LabelDefinition[],
  names: readonly string[],
): readonly LabelDefinition[] {
  const known = new Set(own.map(({ name }) => name));
  const rest = [...new Set(names)].filter((name) => !known.has(name));
  return [
    ...own,
    ...rest.map((name, index) => ({
      name,
      colour: null,
      key: own.length === 0 && index < 9 ? index + 1 : null,
    })),
  ];
}
