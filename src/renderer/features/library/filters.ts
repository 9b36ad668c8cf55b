import type { Recording } from '#shared/domain/recording.ts';
import type { RecordingQuery } from '#shared/domain/recording-query.ts';
import { percent } from '../../lib/words.ts';

/** One thing that the list is narrowed down by, as a chip that can be taken away. */
export interface Chip {
  readonly key: string;
  readonly words: string;
  readonly without: Partial<RecordingQuery>;
}

export const statusNames = {
  ready: 'analysed',
  pending: 'waiting or at work',
  failed: 'failed or stopped',
  missing: 'file not found',
  overdue: 'kept longer than agreed',
} as const satisfies Record<NonNullable<RecordingQuery['status']>, string>;

export const sortNames = {
  added: 'As added',
  name: 'By name',
  longest: 'Longest first',
  'least sure': 'Least sure first',
} as const satisfies Record<RecordingQuery['sort'], string>;

/** Shares of speech that one can ask for. */
export const unsureShares = [0.1, 0.25, 0.5] as const;

export function chipsOf(query: RecordingQuery): readonly Chip[] {
  const each = (
    field: 'labels' | 'speakers' | 'tags',
    words: (value: string) => string,
  ): readonly Chip[] =>
    query[field].map((value) => ({
      key: `${field} ${value}`,
      words: words(value),
      without: { [field]: query[field].filter((other) => other !== value) },
    }));
  return [
    ...each('labels', (label) => `sounds ${label}`),
    ...each('speakers', (speaker) => speaker || 'no speaker'),
    ...each('tags', (tag) => `#${tag}`),
    ...(query.status === null
      ? []
      : [{ key: 'status', words: statusNames[query.status], without: { status: null } }]),
    ...(query.unsure === null
      ? []
      : [
          {
            key: 'unsure',
            words: `unsure of ${percent(query.unsure)} or more`,
            without: { unsure: null },
          },
        ]),
  ];
}

/** What recordings can be told apart by; each once, in the order of the alphabet. */
export function facetsOf(recordings: readonly Recording[]): {
  readonly speakers: readonly string[];
  readonly tags: readonly string[];
} {
  const sorted = (values: readonly string[]): readonly string[] =>
    [...new Set(values)].sort((one, other) => one.localeCompare(other));
  return {
    speakers: sorted(recordings.map(({ speaker }) => speaker)),
    tags: sorted(recordings.flatMap(({ tags }) => tags)),
  };
}

export function toggled(list: readonly string[], value: string): readonly string[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}
