import { isEmotion, noSpeech } from '#shared/domain/label.ts';
import type { LabelChange, ProjectChanges, Verdicts } from '#shared/domain/model-version.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';

interface Labelled extends Span {
  readonly label: string;
}

/** What is known of one recording; each list in the order of time, without overlaps within a tier. */
export interface RecordingOpinions {
  readonly recordingId: number;
  readonly before: readonly Labelled[];
  readonly after: readonly Labelled[];
  /** Of people, tier by tier. */
  readonly persons: readonly (readonly Labelled[])[];
}

type RecordingChanges = Pick<ProjectChanges, 'segments' | 'changed' | 'changes' | 'verdicts'>;

/** What it means for a recording that another model hears it. */
export function labelChanges(opinions: RecordingOpinions): RecordingChanges {
  const { recordingId, before, after, persons } = opinions;
  const spoken = before.filter(({ label }) => label !== noSpeech);
  const changes = spoken.flatMap(({ start, end, label }): readonly LabelChange[] => {
    const next = mostOf(after, { start, end });
    if (next === null || next === label) return [];
    const person = persons.flatMap((tier) => mostOf(tier, { start, end }) ?? [])[0] ?? null;
    return [{ recordingId, start, end, before: label, after: next, person }];
  });
  return { segments: spoken.length, changed: changes.length, changes, verdicts: judge(opinions) };
}

function judge({ before, after, persons }: RecordingOpinions): Verdicts {
  const given = persons.flat().filter(({ label }) => isEmotion(label));
  const judged = given.map((segment) => ({
    wasRight: mostOf(before, segment) === segment.label,
    isRight: mostOf(after, segment) === segment.label,
  }));
  const confirmed = judged.filter(({ wasRight }) => wasRight);
  const corrected = judged.filter(({ wasRight }) => !wasRight);
  return {
    confirmed: confirmed.length,
    stillRight: confirmed.filter(({ isRight }) => isRight).length,
    corrected: corrected.length,
    nowRight: corrected.filter(({ isRight }) => isRight).length,
  };
}

/** The label that covers at least half of a span, and more of it than any other; null where none does. */
function mostOf(segments: readonly Labelled[], span: Span): string | null {
  const covered = new Map<string, number>();
  for (const { label, ...segment } of segments) {
    const start = Math.max(segment.start, span.start);
    const end = Math.min(segment.end, span.end);
    if (end > start) covered.set(label, (covered.get(label) ?? 0) + end - start);
  }
  const [most] = [...covered].sort((a, b) => b[1] - a[1]);
  return most !== undefined && most[1] * 2 >= spanLength(span) ? most[0] : null;
}

const mostListed = 200;

export function joinChanges(
  parts: readonly RecordingChanges[],
  of: number,
): Required<ProjectChanges> {
  const sum = (count: (part: RecordingChanges) => number): number =>
    parts.reduce((total, part) => total + count(part), 0);
  const verdict = (name: keyof Verdicts): number => sum(({ verdicts }) => verdicts[name]);
  return {
    recordings: parts.length,
    of,
    segments: sum(({ segments }) => segments),
    changed: sum(({ changed }) => changed),
    changes: parts
      .flatMap(({ changes }) => changes)
      .sort((a, b) => weight(b) - weight(a))
      .slice(0, mostListed),
    verdicts: {
      confirmed: verdict('confirmed'),
      stillRight: verdict('stillRight'),
      corrected: verdict('corrected'),
      nowRight: verdict('nowRight'),
    },
  };
}

/** First what becomes wrong, then what becomes right, then what else a person looked at. */
function weight({ before, after, person }: LabelChange): number {
  if (person === null) return 0;
  if (person === before) return 3;
  return person === after ? 2 : 1;
}
