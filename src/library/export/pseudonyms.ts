import { z } from 'zod';
import { isEmotion } from '#shared/domain/label.ts';
import type { Tier } from '#shared/domain/tier.ts';
import type { Settings } from '../database/settings.ts';
import type { Project } from '../project.ts';

/** Names of those who speak, in place of which others are written. */
export interface Pseudonyms {
  /** What is written for a speaker's name. */
  readonly of: (name: string) => string;
  /** A text in which no speaker's name is left. */
  readonly within: (text: string) => string;
}

/** Writes everything as it is. */
export const realNames: Pseudonyms = { of: (name) => name, within: (text) => text };

const stored = z.record(z.string(), z.string());

function readGiven(settings: Settings): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(stored.parse(JSON.parse(settings.get('export.pseudonyms') ?? '{}'))),
  );
}

function storeGiven(settings: Settings, given: ReadonlyMap<string, string>): void {
  settings.set('export.pseudonyms', JSON.stringify(Object.fromEntries(given)));
}

/**
 * Gives each speaker of a project a number, the same in every export. Who is new gets the next one.
 *
 * @param tiers that say who speaks when; the speakers of recordings are known anyway
 */
export function openPseudonyms(project: Project, tiers: readonly Tier[]): Pseudonyms {
  const { settings, segments, recordings } = project;
  const given = new Map(readGiven(settings));
  const names = [
    ...tiers.flatMap(({ id }) => segments.labelsOn(id)),
    ...recordings.list().map(({ speaker }) => speaker),
  ].filter((name) => name !== '' && isEmotion(name));
  for (const name of names) if (!given.has(name)) given.set(name, `Speaker ${given.size + 1}`);
  storeGiven(settings, given);

  // The longest first, so that of "Ann" and "Anna" neither is left in part.
  const longestFirst = [...given].sort(([one], [other]) => other.length - one.length);
  return {
    of: (name) => given.get(name) ?? name,
    within: (text) =>
      longestFirst.reduce((left, [name, pseudonym]) => left.replaceAll(name, pseudonym), text),
  };
}

/** Forgets a speaker's name. The number stays taken, or exports before and after would mean two people by it. */
export function forgetPseudonym(settings: Settings, name: string): void {
  const given = readGiven(settings);
  if (!given.has(name)) return;
  const others = Array.from(
    given,
    ([own, pseudonym]) => [own === name ? `(deleted) ${pseudonym}` : own, pseudonym] as const,
  );
  storeGiven(settings, new Map(others));
}
