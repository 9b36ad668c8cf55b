/** What can be lost in writing, each with its sentence. */
const sentences = {
  recordingNames: (n: number) => `Written differently: the names of ${count(n, 'recording')}.`,
  emptyRecordings: (n: number) => `Not written: ${count(n, 'recording')} without segments.`,
  seconds: (n: number) => `Not written: the length of ${count(n, 'recording')}.`,
  guessedSeconds: (n: number) =>
    `Not known: the length of ${count(n, 'recording')}; the end of the last segment stands for it.`,
  tierNames: (n: number) => `Not written: the names of ${count(n, 'tier')}.`,
  mergedTiers: (n: number) => `Not told apart: the segments of ${count(n, 'tier')}.`,
  emptyTiers: (n: number) => `Not written: ${count(n, 'tier')} without segments.`,
  annotators: (n: number) => `Not written: who labelled ${count(n, 'tier')}.`,
  sources: (n: number) => `Not written: that a model made ${count(n, 'tier')}.`,
  confidences: (n: number) => `Not written: the confidence of ${count(n, 'segment')}.`,
  probabilities: (n: number) => `Not written: the probabilities of ${count(n, 'segment')}.`,
  notes: (n: number) => `Not written: the notes on ${count(n, 'segment')}.`,
  emptyLabels: (n: number) => `Not written: ${count(n, 'segment')} without a label.`,
  labels: (n: number) =>
    `Written differently: the labels of ${count(n, 'segment')}, which have characters that the format has not.`,
  times: (n: number) => `Rounded: the times of ${count(n, 'segment')}.`,
  numbers: (n: number) =>
    `Rounded to six decimals: confidence and probabilities of ${count(n, 'segment')}.`,
  ownTier: (n: number) => `On a tier of their own: ${count(n, 'point')} in time.`,
  lengthened: (n: number) => `Written as short segments: ${count(n, 'point')} in time.`,
  overlapping: (n: number) =>
    `On further tiers: ${count(n, 'segment')} that overlap others of their tier.`,
  guessedConfidences: (n: number) =>
    `Not known: the confidence of ${count(n, 'segment')} of models; 1 stands for it.`,
  certainties: (n: number) =>
    `Not told from none: the confidence 1 of ${count(n, 'segment')} that people labelled.`,
} as const;

type Loss = keyof typeof sentences;

/** Counts what is lost, to be told in one sentence each. */
export interface LossCounter {
  readonly add: (loss: Loss, n?: number) => void;
  readonly sentences: () => readonly string[];
}

export function countLosses(): LossCounter {
  const counts = new Map<Loss, number>();
  return {
    add: (loss, n = 1) => {
      if (n > 0) counts.set(loss, (counts.get(loss) ?? 0) + n);
    },
    sentences: () => Array.from(counts, ([loss, n]) => sentences[loss](n)),
  };
}

/** "1 segment", "12 segments". */
export function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}
