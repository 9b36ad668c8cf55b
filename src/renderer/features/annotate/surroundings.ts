import type { Segment } from '#shared/domain/segment.ts';
import { toSamples } from '#shared/domain/time.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments, useSelection, useTiers } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';
import { leastSeconds, roomAt } from './edges.ts';

/** A new segment at the cursor is this long, if there is room. Seconds. */
const newLength = 1;

interface Place {
  readonly tier: string;
  readonly start: number;
  readonly end: number;
}

interface Surroundings {
  readonly samples: (seconds: number) => number;
  readonly total: () => number;
  /** The playhead. */
  readonly cursor: () => number;
  /** The fewest samples that a segment has. */
  readonly least: () => number;
  readonly chosenIds: () => readonly number[];
  /** The segments of the row that has the keys. */
  readonly row: () => readonly Segment[];
  /** Where a new segment goes: as marked, else at the cursor; null where one lies already. */
  readonly freePlace: () => Promise<Place | null>;
  /** Says why nothing was done. */
  readonly tell: (message: string, hint?: string) => null;
}

/** What acts need to know about where they are done. */
export function useSurroundings(): Surroundings {
  const recording = useRecording();
  const segments = useSegments();
  const selection = useSelection();
  const tiers = useTiers();
  const player = usePlayer();
  const { show } = useToasts();

  const samples = (seconds: number): number => toSamples(seconds, recording.sound?.sampleRate ?? 1);
  const total = (): number => recording.sound?.samples ?? 0;
  const cursor = (): number => samples(player.time);

  async function freePlace(): Promise<Place | null> {
    const tier = tiers.active.kind === 'model' ? await tiers.needOwn() : tiers.active.id;
    if (selection.marked) return { tier, ...selection.marked };
    const room = roomAt(segments.rowOf(tier), cursor(), samples(newLength), total());
    return room && { tier, ...room };
  }

  return {
    ...{ samples, total, cursor, freePlace },
    least: () => samples(leastSeconds),
    chosenIds: () => selection.chosen.map(({ id }) => id),
    row: () => segments.rowOf(tiers.active.id),
    tell: (message, hint = '') => {
      show({ kind: 'notice', message, hint, topic: 'editing' });
      return null;
    },
  };
}
