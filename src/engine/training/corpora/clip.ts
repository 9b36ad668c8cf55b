export type Sex = 'female' | 'male' | 'unknown';

/** One recording of one speaker that expresses one emotion throughout. */
export interface Clip {
  readonly path: string;
  readonly label: string;
  /** Unique over all corpora, for instance `ravdess/07`. */
  readonly speaker: string;
  readonly sex: Sex;
  /** What else the corpus says of it, such as its intensity; answers are counted by each of them. */
  readonly traits: Readonly<Record<string, string>>;
  /** Clips of one group come from one source recording: no split may part them. */
  readonly group: string;
  readonly corpus: string;
}

export const corpusKinds = ['ravdess', 'emodb', 'folder'] as const;
export type CorpusKind = (typeof corpusKinds)[number];

export interface Corpus {
  readonly kind: CorpusKind;
  readonly folder: string;
  readonly clips: readonly Clip[];
}

/** The name that a corpus itself gives a speaker, without the corpus in front. */
export function speakerName(clip: Clip): string {
  return clip.speaker.slice(clip.speaker.indexOf('/') + 1);
}
