import type { annotationContract, SegmentChanges } from '#shared/contract/annotation.ts';
import type { Served } from '#shared/rpc/serve.ts';
import type { Row } from '../database/connection.ts';
import type { RowChange } from '../database/journal/changes.ts';
import { number } from '../database/row.ts';
import type { Segments } from '../database/segments.ts';
import type { Project } from '../project.ts';
import type { LabelOffer } from './label-offer.ts';

export interface AnnounceOptions {
  readonly project: Pick<Project, 'journal' | 'segments' | 'tiers'>;
  readonly labels: LabelOffer;
  readonly page: Served<typeof annotationContract>;
  /** Told where the labels could not be asked for. */
  readonly onBug: (error: unknown) => void;
}

/**
 * Tells a page of everything that acts, undo and redo change, whoever asked for it.
 *
 * @returns a function that ends it
 */
export function announce({ project, labels, page, onBug }: AnnounceOptions): () => void {
  const closed = new AbortController();
  const unsubscribe = project.journal.subscribe((changes) => {
    const tables = new Set(changes.map(({ table }) => table));
    for (const segments of segmentChangesOf(changes, project.segments)) {
      page.emit('segments.changed', segments);
    }
    if (tables.has('tier')) page.emit('tiers.changed', project.tiers.list());
    if (tables.has('label')) {
      labels.list(closed.signal).then((list) => {
        page.emit('labels.changed', list);
      }, onBug);
    }
    page.emit('history.changed', project.journal.state());
  });
  return () => {
    unsubscribe();
    closed.abort();
  };
}

/** What rows that came, went or changed mean for each recording, as things are now. */
function segmentChangesOf(
  changes: readonly RowChange[],
  segments: Segments,
): readonly SegmentChanges[] {
  const recordings = new Map<number, Set<number>>();
  for (const { table, before, after } of changes) {
    if (table !== 'segment') continue;
    for (const row of [before, after]) if (row) note(recordings, row);
  }
  return [...recordings].map(([recordingId, ids]) => {
    const changed = segments.findAll([...ids]);
    const there = new Set(changed.map(({ id }) => id));
    return { recordingId, changed, removed: [...ids].filter((id) => !there.has(id)) };
  });
}

function note(recordings: Map<number, Set<number>>, row: Row): void {
  const recordingId = number(row, 'recording_id');
  const ids = recordings.get(recordingId) ?? new Set();
  recordings.set(recordingId, ids.add(number(row, 'id')));
}
