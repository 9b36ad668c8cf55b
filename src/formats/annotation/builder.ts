import type { SegmentSource } from '#shared/domain/segment.ts';
import type { AnnotatedRecording, AnnotationDocument, AnnotationItem } from './document.ts';

interface TierKey {
  readonly name: string;
  readonly source: SegmentSource;
  readonly annotator: string;
}

/** Gathers items that a file lists one by one into recordings and tiers, in the order of their first ones. */
export interface DocumentBuilder {
  readonly add: (recording: string, tier: TierKey, item: AnnotationItem) => void;
  readonly setSeconds: (recording: string, seconds: number) => void;
  readonly build: () => AnnotationDocument;
}

interface Gathered {
  seconds: number | null;
  readonly tiers: Map<string, TierKey & { readonly items: AnnotationItem[] }>;
}

export function createBuilder(): DocumentBuilder {
  const recordings = new Map<string, Gathered>();
  const recordingOf = (name: string): Gathered => {
    const known = recordings.get(name) ?? { seconds: null, tiers: new Map() };
    recordings.set(name, known);
    return known;
  };
  return {
    add: (recording, key, item) => {
      const { tiers } = recordingOf(recording);
      const id = JSON.stringify([key.name, key.source, key.annotator]);
      const tier = tiers.get(id) ?? { ...key, items: [] };
      tier.items.push(item);
      tiers.set(id, tier);
    },
    setSeconds: (recording, seconds) => {
      recordingOf(recording).seconds = seconds;
    },
    build: () => ({
      recordings: Array.from(recordings, ([name, { seconds, tiers }]): AnnotatedRecording => ({
        name,
        seconds,
        tiers: [...tiers.values()],
      })),
    }),
  };
}
