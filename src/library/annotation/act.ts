import type { SegmentChanges } from '#shared/contract/annotation.ts';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { Segments } from '../database/segments.ts';
import type { Project } from '../project.ts';
import type { Plan } from './draft.ts';
import { plan } from './plan.ts';
import { readSituation } from './situation.ts';
import { actInWords } from './words.ts';

export interface Acted extends SegmentChanges {
  readonly selection: readonly number[];
}

/**
 * Does to the segments of a recording what a person asks for, as one step of history.
 *
 * @returns once it is on the disk
 * @throws UndertoneError `edit-refused` or `not-found`; nothing is changed then
 */
export function actOnSegments(
  project: Project,
  recording: StoredRecording,
  act: AnnotationAct,
): Acted {
  const words = (done: Plan): string => actInWords(act, done);
  const done = project.journal.act({ words, recordingId: recording.id }, () =>
    carryOut(project, recording, act),
  );
  return changesOf(project, recording.id, done);
}

/** Plans an act and stores what it changes; to be called within a step of history. */
export function carryOut(project: Project, recording: StoredRecording, act: AnnotationAct): Plan {
  return store(project.segments, plan(readSituation(project, recording, act), act));
}

/** What was carried out, as things are now. */
export function changesOf({ segments }: Project, recordingId: number, done: Plan): Acted {
  const changed = segments.findAll([...done.added, ...done.changed].map(({ id }) => id));
  return { recordingId, changed, removed: done.removed, selection: done.selection };
}

/** @returns the plan with the ids that the new ones were given */
function store(segments: Segments, planned: Plan): Plan {
  planned.removed.forEach(segments.remove);
  planned.changed.forEach(segments.put);
  const ids = new Map(planned.added.map((segment) => [segment.id, segments.add(segment)]));
  const given = (id: number): number => ids.get(id) ?? id;
  return {
    ...planned,
    added: planned.added.map((segment) => ({ ...segment, id: given(segment.id) })),
    selection: planned.selection.map(given),
  };
}
