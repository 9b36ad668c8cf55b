import { isEmotion } from '#shared/domain/label.ts';
import { isCovered } from '#shared/domain/row.ts';
import { spanLength, toSeconds, type Span } from '#shared/domain/time.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { PlannedItem } from '../database/review/rounds.ts';
import { spokenAtOnce, type SpokenSegment } from '../database/review/spoken.ts';
import type { Project } from '../project.ts';
import { keepBest } from './best.ts';
import { createBreather } from './breather.ts';
import { worth, type Prospect } from './choose.ts';
import { drawOf } from './draw.ts';

interface SurveyOptions {
  /** Of the annotator. */
  readonly tier: string;
  /** How many prospects to keep, and how many audits. */
  readonly prospects: number;
  readonly audits: number;
}

interface Survey {
  /** What nobody has labelled yet, the best first. */
  readonly prospects: readonly Prospect[];
  /** The next of the random sample, in its order. */
  readonly audits: readonly PlannedItem[];
  /** Segments in which the model names an emotion: what audits are drawn from. */
  readonly population: number;
}

type Store = Pick<Project, 'spoken' | 'audits'>;

/** Looks through recordings, a little at a time, for what could be listened to. */
export async function survey(
  store: Store,
  recordings: readonly StoredRecording[],
  options: SurveyOptions,
  { signal, report }: CallContext,
): Promise<Survey> {
  const { tier } = options;
  const breathe = createBreather(signal);
  const seed = store.audits.seed();
  const prospects = keepBest<Prospect>(options.prospects, byWorth);
  const audits = keepBest<Drawn>(options.audits, (one, other) => one.draw - other.draw);
  // However bad one recording is, the others have something to offer.
  const each = Math.max(10, Math.ceil((4 * options.prospects) / Math.max(1, recordings.length)));
  let population = 0;

  for (const [index, recording] of recordings.entries()) {
    report({ stage: 'looking through the recordings', fraction: index / recordings.length });
    const own = store.spoken.labelled(recording.id, tier);
    const asked = new Set(
      store.audits
        .list(recording.id, tier)
        .map(({ modelLabel: label, ...stretch }) => keyOf({ ...stretch, label })),
    );
    const open = keepBest<Prospect>(each, byWorth);
    for (const segments of inParts(store, recording.id)) {
      await breathe();
      for (const segment of segments) {
        if (!isCovered(own, segment)) open.offer(toProspect(segment, recording));
        if (!isEmotion(segment.label)) continue;
        population += 1;
        if (asked.has(keyOf(segment))) continue;
        audits.offer({ segmentId: segment.id, draw: drawOf(seed, segment) });
      }
    }
    open.take().forEach(prospects.offer);
  }
  return { prospects: prospects.take(), audits: audits.take(), population };
}

type Drawn = PlannedItem & { readonly draw: number };

function* inParts({ spoken }: Store, recordingId: number): Generator<readonly SpokenSegment[]> {
  let from = -1;
  for (;;) {
    const part = spoken.after(recordingId, from);
    yield part;
    if (part.length < spokenAtOnce) return;
    from = part.at(-1)?.start ?? from;
  }
}

function byWorth(one: Prospect, other: Prospect): number {
  return worth(other) - worth(one) || one.segmentId - other.segmentId;
}

function toProspect(segment: SpokenSegment, { id, speaker, sound }: StoredRecording): Prospect {
  return {
    segmentId: segment.id,
    recordingId: id,
    // Voices that nobody has named are taken to differ.
    speaker: speaker || String(id),
    label: segment.label,
    wrong: 1 - segment.confidence,
    seconds: toSeconds(spanLength(segment), sound?.sound.sampleRate ?? 1),
  };
}

/** With the label: normalised otherwise, the same model may say something else of the same stretch. */
function keyOf({
  model,
  start,
  end,
  label,
}: Span & Pick<SpokenSegment, 'model' | 'label'>): string {
  return `${start} ${end} ${model} ${label}`;
}
