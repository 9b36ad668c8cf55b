import {
  compareItems,
  defaultTierName,
  type AnnotatedRecording,
  type AnnotationDocument,
  type AnnotationTier,
} from './document.ts';

/** The same annotations in the one form that documents have: items in order, each tier with a name of its own. */
export function tidy(document: AnnotationDocument): AnnotationDocument {
  return { recordings: document.recordings.map(tidyRecording) };
}

function tidyRecording(recording: AnnotatedRecording): AnnotatedRecording {
  const taken = new Set<string>();
  return {
    ...recording,
    tiers: recording.tiers.map((tier): AnnotationTier => {
      const name = distinctName(tidyName(tier.name), taken);
      taken.add(name);
      return { ...tier, name, items: tier.items.toSorted(compareItems) };
    }),
  };
}

function tidyName(name: string): string {
  return name.replace(/\s+/gu, ' ').trim() || defaultTierName;
}

function distinctName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2, candidate = name; ; number++) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${name} (${number})`;
  }
}
