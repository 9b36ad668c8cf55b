import type { AnnotationItem, AnnotationTier } from '#formats/annotation/document.ts';
import type { ReadAnnotations } from '#formats/annotation/read.ts';

/** A file of annotations that was read. */
export interface ReadFile {
  readonly name: string;
  readonly read: ReadAnnotations;
}

/** What one tier of a file says of one recording. */
export interface FoundRows {
  /** Index of the recording in {@link Found}. */
  readonly recording: number;
  /** Index of the tier. */
  readonly tier: number;
  readonly items: readonly AnnotationItem[];
}

interface FoundRecording {
  readonly name: string;
  readonly file: string;
  readonly rows: number;
}

export interface FoundTier extends Pick<AnnotationTier, 'name' | 'source' | 'annotator'> {
  readonly rows: number;
  readonly labels: ReadonlySet<string>;
}

interface FoundLabel {
  readonly label: string;
  readonly rows: number;
  readonly tiers: readonly number[];
}

/** What several files hold, told apart as a person maps it. */
export interface Found {
  readonly recordings: readonly FoundRecording[];
  readonly tiers: readonly FoundTier[];
  readonly labels: readonly FoundLabel[];
  readonly rows: readonly FoundRows[];
}

/** Nobody maps more by hand; what else there is, is left out. */
const mostLabels = 300;

/** Each file's recordings for themselves, tiers of one name and annotator together, labels by what they say. */
export function findContent(files: readonly ReadFile[]): Found {
  const recordings: FoundRecording[] = [];
  const rows: FoundRows[] = [];
  const tiers = createGroups();
  for (const { name: file, read } of files) {
    for (const { name, tiers: own } of read.document.recordings) {
      const count = own.reduce((sum, { items }) => sum + items.length, 0);
      recordings.push({ name, file, rows: count });
      for (const tier of own) {
        if (tier.items.length === 0) continue;
        const at = tiers.add(tier);
        rows.push({ recording: recordings.length - 1, tier: at, items: tier.items });
      }
    }
  }
  return { recordings, tiers: tiers.list(), labels: countLabels(rows), rows };
}

interface Groups {
  /** @returns the index of the group that the tier belongs to */
  readonly add: (tier: AnnotationTier) => number;
  readonly list: () => readonly FoundTier[];
}

type Group = Omit<FoundTier, 'rows' | 'labels'> & {
  rows: number;
  readonly labels: Set<string>;
};

function createGroups(): Groups {
  const groups: Group[] = [];
  const indices = new Map<string, number>();
  return {
    add: ({ name, source, annotator, items }) => {
      const key = JSON.stringify([name, source, annotator]);
      const index = indices.get(key) ?? groups.length;
      indices.set(key, index);
      const group = groups[index] ?? { name, source, annotator, rows: 0, labels: new Set() };
      groups[index] = group;
      group.rows += items.length;
      for (const { label } of items) group.labels.add(label);
      return index;
    },
    list: () => groups,
  };
}

function countLabels(rows: readonly FoundRows[]): readonly FoundLabel[] {
  const counts = new Map<string, { rows: number; readonly tiers: Set<number> }>();
  for (const { tier, items } of rows) {
    for (const { label } of items) {
      const known = counts.get(label) ?? { rows: 0, tiers: new Set() };
      counts.set(label, known);
      known.rows += 1;
      known.tiers.add(tier);
    }
  }
  return Array.from(counts, ([label, { rows: count, tiers }]) => ({
    label,
    rows: count,
    tiers: [...tiers],
  }))
    .sort((a, b) => b.rows - a.rows)
    .slice(0, mostLabels);
}
