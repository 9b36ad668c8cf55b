import { noSpeech, unsure } from '#shared/domain/label.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { Track } from '#shared/domain/track.ts';

/** A made-up dozen of seconds, so that an empty window can show what a full one will look like. */
const labels = ['neutral', 'calm', 'happy', 'sad', 'angry'] as const;
const seconds = 12;
const sampleRate = 10;

const spans = [
  { start: 0, end: 3.6, label: 'calm', shares: [0.2, 0.62, 0.08, 0.06, 0.04] },
  { start: 3.6, end: 5.2, label: noSpeech, shares: [] },
  { start: 5.2, end: 8, label: 'angry', shares: [0.07, 0.03, 0.12, 0.07, 0.71] },
  { start: 8, end: 9.6, label: unsure, shares: [0.24, 0.16, 0.26, 0.16, 0.18] },
  { start: 9.6, end: 12, label: 'happy', shares: [0.1, 0.12, 0.66, 0.05, 0.07] },
] as const;

export const exampleDuration = seconds;
export const exampleRate = sampleRate;

export const exampleSegments: readonly Segment[] = spans.map(
  ({ start, end, label, shares }, index) => ({
    id: index + 1,
    recordingId: 0,
    start: start * sampleRate,
    end: end * sampleRate,
    label,
    confidence: Math.max(0, ...shares),
    probabilities: shares,
    tier: modelTier,
    source: 'model',
    annotator: '',
    model: '',
    note: '',
  }),
);

/** Four cells a second; each a mix of the spans around it, so that one runs into the other. */
export function exampleTrack(): Track {
  const hopSeconds = 0.25;
  const cells = seconds / hopSeconds;
  const rows = Array.from({ length: cells }, (_, cell) => mixAt((cell + 0.5) * hopSeconds));
  return {
    labels,
    hopSeconds,
    windowSeconds: 1,
    cells,
    probabilities: Float32Array.from(rows.flat()),
    speech: Float32Array.from(rows, (row) => (row.some((share) => share > 0) ? 1 : 0)),
  };
}

/** Heights of 160 bars that swell and fade within each span of speech. */
export const exampleBars: readonly number[] = Array.from({ length: 160 }, (_, bar) => {
  const at = (bar / 160) * seconds;
  const span = spans.find(({ start, end }) => at >= start && at < end);
  if (!span || span.label === noSpeech) return 0.03;
  const within = (at - span.start) / (span.end - span.start);
  const syllables = 0.55 + 0.45 * Math.sin(at * 9) * Math.sin(at * 4.3 + 1);
  const loudness = span.label === 'angry' ? 1 : 0.62;
  return 0.05 + loudness * Math.sin(Math.PI * within) ** 0.4 * syllables;
});

function mixAt(at: number): readonly number[] {
  const here = spans.find(({ start, end }) => at >= start && at < end);
  if (!here || here.label === noSpeech) return labels.map(() => 0);
  const voiced = spans.filter(({ label }) => label !== noSpeech);
  const weights = voiced.map(({ start, end }) => {
    const away = Math.max(start - at, at - end, 0);
    return Math.exp(-away * 2.4);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return labels.map((_, label) =>
    voiced.reduce((sum, { shares }, index) => {
      return sum + ((weights[index] ?? 0) / total) * (shares[label] ?? 0);
    }, 0),
  );
}
