import type { LiveCells } from '#shared/contract/live.ts';
import { isEmotion, noSpeech, unsure } from '#shared/domain/label.ts';
import { cellProbabilities, type Track } from '#shared/domain/track.ts';

/** A track with what was told of its end put in its place. Earlier tracks may change with it. */
export function mergeCells(track: Track | null, told: LiveCells): Track {
  const { labels, hopSeconds, first, speech } = told;
  const cells = first + speech.length;
  const before = track ?? {
    probabilities: new Float32Array(0),
    speech: new Float32Array(0),
  };
  const probabilities = withRoom(before.probabilities, cells * labels.length);
  const shares = withRoom(before.speech, cells);
  probabilities.set(told.probabilities, first * labels.length);
  shares.set(speech, first);
  return {
    labels,
    hopSeconds,
    windowSeconds: hopSeconds,
    cells,
    probabilities: probabilities.subarray(0, cells * labels.length),
    speech: shares.subarray(0, cells),
  };
}

/** The same numbers with room for more; most often there is some behind them already. */
function withRoom(values: Float32Array, length: number): Float32Array {
  const room = (values.buffer.byteLength - values.byteOffset) / Float32Array.BYTES_PER_ELEMENT;
  if (length <= room) return new Float32Array(values.buffer, values.byteOffset, length);
  const grown = new Float32Array(Math.max(2 * length, 1024));
  grown.set(values);
  return grown;
}

/** A stretch of seconds that sounds alike. */
export interface LiveRun {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

const unsureBelow = 0.4;

/** What the cells from `first` on are called: the likeliest label, where one is likely enough. */
export function runsFrom(track: Track, first: number): readonly LiveRun[] {
  const runs: LiveRun[] = [];
  for (let cell = Math.max(0, first); cell < track.cells; cell += 1) {
    const { label } = cellLabel(track, cell);
    const [start, end] = [cell * track.hopSeconds, (cell + 1) * track.hopSeconds];
    const last = runs.at(-1);
    if (last?.label === label) runs[runs.length - 1] = { ...last, end };
    else runs.push({ label, start, end });
  }
  return runs;
}

/** What one cell is called, and how likely that is. */
export function cellLabel(
  track: Track,
  cell: number,
): { readonly label: string; readonly probability: number } {
  if ((track.speech[cell] ?? 0) === 0) return { label: noSpeech, probability: 1 };
  const row = cellProbabilities(track, cell);
  let best = 0;
  for (const [label, value] of row.entries()) if (value > (row[best] ?? 0)) best = label;
  const probability = row[best] ?? 0;
  const label = track.labels[best] ?? unsure;
  return { label: probability < unsureBelow && isEmotion(label) ? unsure : label, probability };
}
