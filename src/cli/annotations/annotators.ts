import { resolve } from 'node:path';
import type { AnnotatedRecording, AnnotationTier } from '#formats/annotation/document.ts';
import { stemOf } from '#formats/annotation/format.ts';
import { distinctNames } from '#library/export/distinct-names.ts';
import type { LabelledSpan, RatedRecording } from '#shared/domain/agreement/timeline.ts';
import { readAnnotationFile } from '#library/exchange/read-file.ts';
import { UndertoneError } from '#shared/contract/errors.ts';

export interface Annotators {
  readonly names: readonly string[];
  /** Those that at least two of them labelled. */
  readonly recordings: readonly RatedRecording[];
  /** Recordings that only one of them labelled. */
  readonly leftOut: readonly string[];
}

interface Choice {
  /** Only tiers of these names; all where there are none. */
  readonly tiers: readonly string[];
  /** Labels that count as nothing said. */
  readonly ignored: readonly string[];
}

/** What one annotator says, by what a recording is called without folders and ending. */
type Said = ReadonlyMap<string, readonly LabelledSpan[]>;

/**
 * Reads who is to be compared: a file each, or of a single file a tier each.
 * @throws UndertoneError of reading; annotations-not-comparable where tiers have to be chosen
 */
export async function readAnnotators(
  paths: readonly string[],
  choice: Choice,
): Promise<Annotators> {
  const files = await Promise.all(
    paths.map(async (path) => ({ path, ...(await readAnnotationFile(path)) })),
  );
  const [only] = files;
  if (files.length === 1 && only) {
    const { recordings } = only.document;
    const names = tierNames(recordings, choice);
    const said = names.map((name) => saidBy(recordings, [name], choice));
    return align(only.path, names, said);
  }
  const names = distinctNames(paths.map((path) => resolve(path)));
  const isSame = files.every(({ document }) => document.recordings.length === 1);
  const said = files.map(({ path, document }) => {
    const chosen = onlyTier(path, tierNames(document.recordings, choice));
    const own = saidBy(document.recordings, [chosen], choice);
    // Files about one recording each are about the same one, whatever each calls it.
    return isSame
      ? new Map([...own.values()].map((spans) => [stemOf(paths[0] ?? ''), spans]))
      : own;
  });
  return align(
    paths.join(', '),
    paths.map((path) => names.get(resolve(path)) ?? path),
    said,
  );
}

function tierNames(
  recordings: readonly AnnotatedRecording[],
  { tiers }: Choice,
): readonly string[] {
  const names = recordings.flatMap((recording) => recording.tiers.map(({ name }) => name));
  return [...new Set(names)].filter((name) => tiers.length === 0 || tiers.includes(name));
}

function onlyTier(path: string, names: readonly string[]): string {
  const [name] = names;
  if (name !== undefined && names.length === 1) return name;
  const detail =
    name === undefined
      ? 'it has no such tier with segments'
      : `it has several tiers (${names.join(', ')}); choose with --tier`;
  throw new UndertoneError('annotations-not-comparable', { subject: path, detail });
}

function saidBy(
  recordings: readonly AnnotatedRecording[],
  names: readonly string[],
  { ignored }: Choice,
): Said {
  const spans = (tiers: readonly AnnotationTier[]): readonly LabelledSpan[] =>
    tiers
      .filter(({ name }) => names.includes(name))
      .flatMap(({ items }) => items)
      .filter(({ start, end, label }) => start < end && label !== '' && !ignored.includes(label))
      .map(({ start, end, label }) => ({ start, end, label }));
  return new Map(recordings.map(({ name, tiers }) => [stemOf(name), spans(tiers)]));
}

function align(subject: string, names: readonly string[], said: readonly Said[]): Annotators {
  const all = [...new Set(said.flatMap((own) => [...own.keys()]))];
  const rated = all.filter(
    (name) => said.filter((own) => (own.get(name)?.length ?? 0) > 0).length >= 2,
  );
  if (names.length < 2 || rated.length === 0) {
    const detail =
      names.length < 2
        ? 'there is one annotator only'
        : 'no recording was labelled by two annotators';
    throw new UndertoneError('annotations-not-comparable', { subject, detail });
  }
  return {
    names,
    recordings: rated.map((name) => ({ name, annotators: said.map((own) => own.get(name) ?? []) })),
    leftOut: all.filter((name) => !rated.includes(name)),
  };
}
