import { UndertoneError } from '#shared/contract/errors.ts';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import { isCovered } from '#shared/domain/row.ts';
import { carryOut, changesOf, type Acted } from '../annotation/act.ts';
import type { Plan } from '../annotation/draft.ts';
import type { Catalogue } from '../catalogue.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { Project } from '../project.ts';

interface Answer {
  /** Of the annotator. */
  readonly tier: string;
  readonly segmentId: number;
  readonly label: string;
}

/**
 * Puts down what a person heard in an audited segment, and labels the stretch with it, as one step of history.
 *
 * @returns once it is on the disk
 * @throws UndertoneError `not-found` where the segment is not to be audited, or `edit-refused`
 */
export function answerAudit(
  { project, catalogue }: { readonly project: Project; readonly catalogue: Catalogue },
  { tier, segmentId, label }: Answer,
): Acted {
  const { rounds, audits, segments, journal } = project;
  const item = rounds.items(tier).find((candidate) => candidate.segmentId === segmentId);
  const [segment] = segments.findAll([segmentId]);
  const draw = item?.draw ?? null;
  if (!segment || draw === null) throw new UndertoneError('not-found', { subject: 'This segment' });
  const ofAll = rounds.find(tier)?.recordingId === null;
  const recording = catalogue.find(segment.recordingId);
  const relabel: AnnotationAct = { kind: 'relabel', ids: [segmentId], label, to: tier };
  const words = `Listened without the model and heard ${label}`;
  const done = journal.act({ words, recordingId: recording.id }, () => {
    const { recordingId, model, start, end } = segment;
    const what = { recordingId, model, start, end, modelLabel: segment.label, answer: label };
    audits.put({ ...what, tier, draw, ofAll });
    return isDivided(project, segment, tier) ? nothing : carryOut(project, recording, relabel);
  });
  return changesOf(project, recording.id, done);
}

const nothing: Plan = { added: [], changed: [], removed: [], selection: [] };

/** Whether a person has told apart what the model takes for one: no single label may go over that. */
function isDivided({ segments }: Project, segment: LabelledSegment, tier: string): boolean {
  const own = segments
    .around(segment.recordingId, tier, segment)
    .filter(({ start, end }) => start < segment.end && end > segment.start);
  return new Set(own.map(({ label }) => label)).size > 1 && isCovered(own, segment);
}
