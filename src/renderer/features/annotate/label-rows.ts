import type { LabelDefinition } from '#shared/domain/label-definition.ts';
import { isEmotion } from '#shared/domain/label.ts';

/** A label while it is being edited; only those that are the project's own can have another name. */
export interface LabelRow {
  name: string;
  colour: string | null;
  key: number | null;
  readonly own: boolean;
}

export function labelRows(
  definitions: readonly LabelDefinition[],
  models: readonly string[],
): readonly LabelRow[] {
  return definitions.map((label) => ({
    ...label,
    own: isEmotion(label.name) && !models.includes(label.name),
  }));
}

/** Gives a key to one label and takes it from the one that had it; 0 is none. */
export function withKey(
  rows: readonly LabelRow[],
  index: number,
  key: number,
): readonly LabelRow[] {
  const wanted = key === 0 ? null : key;
  return rows.map((row, at) => {
    if (at === index) return { ...row, key: wanted };
    return row.key === wanted ? { ...row, key: null } : row;
  });
}

/** What keeps the labels from being saved, in words; empty where nothing does. */
export function problemOf(rows: readonly LabelRow[]): string {
  const names = rows.map(({ name }) => name.trim().toLowerCase());
  if (names.some((name) => name === '')) return 'Each label needs a name.';
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? '' : `There are two labels called ${twice}.`;
}

export function toDefinitions(rows: readonly LabelRow[]): readonly LabelDefinition[] {
  return rows.map(({ name, colour, key }) => ({ name: name.trim(), colour, key }));
}
