import { UndertoneError } from '#shared/contract/errors.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { Catalogue } from '../catalogue.ts';
import type { PlannedItem } from '../database/review/rounds.ts';
import type { Project } from '../project.ts';
import { createBreather } from './breather.ts';
import { inListeningOrder, type Candidate, type Prospect } from './choose.ts';
import { mix } from './mix.ts';
import { survey } from './survey.ts';

interface RoundWish {
  /** Of the annotator. */
  readonly tier: string;
  /** Null: all recordings. */
  readonly recordingId: number | null;
  readonly size: number;
}

/** Of a round so much is drawn at random, and at least so many, so that the first one can say something. */
const auditShare = 0.2;
const leastAudits = 5;
/** Choosing takes as many comparisons as candidates times items: with these, some milliseconds. */
const mostCandidates = 1000;

/**
 * Plans what an annotator listens to next, in place of what was planned before. What could not be played, for
 * its file is missing, is left out.
 */
export async function planRound(
  { project, catalogue }: { readonly project: Project; readonly catalogue: Catalogue },
  { tier, recordingId, size }: RoundWish,
  context: CallContext,
): Promise<void> {
  if (!project.tiers.list().some(({ id, kind }) => id === tier && kind === 'annotator')) {
    throw new UndertoneError('not-found', { subject: 'This tier' });
  }
  const recordings = (
    recordingId === null ? project.recordings.list() : [catalogue.find(recordingId)]
  ).filter(({ id, sound }) => sound && !catalogue.isMissing(id));
  const found = await survey(
    project,
    recordings,
    { tier, audits: auditsAmong(size), prospects: mostCandidates },
    context,
  );
  // Where little is left to be chosen, the audit is not to be most of it.
  const audits = found.audits.slice(0, auditsAmong(Math.min(size, found.prospects.length)));
  const drawn = new Set(audits.map(({ segmentId }) => segmentId));
  const candidates = withProbabilities(
    project,
    found.prospects.filter(({ segmentId }) => !drawn.has(segmentId)),
  );
  const chosen: PlannedItem[] = [];
  const breathe = createBreather(context.signal);
  for (const { segmentId } of inListeningOrder(candidates)) {
    if (chosen.length >= size - audits.length) break;
    chosen.push({ segmentId, draw: null });
    await breathe();
  }
  const items = mix(chosen, audits, Math.random);
  const { population } = found;
  project.rounds.put(tier, { recordingId, population, items });
}

function auditsAmong(items: number): number {
  return Math.max(leastAudits, Math.round(items * auditShare));
}

/** Read only of those that are left, for of all of them that would take seconds. */
function withProbabilities(
  { segments }: Pick<Project, 'segments'>,
  prospects: readonly Prospect[],
): readonly Candidate[] {
  const found = segments.findAll(prospects.map(({ segmentId }) => segmentId));
  const byId = new Map(found.map(({ id, probabilities }) => [id, probabilities]));
  return prospects.map((prospect) => ({
    ...prospect,
    probabilities: byId.get(prospect.segmentId) ?? [],
  }));
}
