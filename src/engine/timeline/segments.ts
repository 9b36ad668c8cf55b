import { noSpeech, unsure } from '#shared/domain/label.ts';
import type { ProposedSegment } from '#shared/domain/segment.ts';
import type { Span } from '#shared/domain/time.ts';
import { cellProbabilities, type Track } from '#shared/domain/track.ts';
import type { TimelineSettings } from './settings.ts';
import { speechProbability, speechStretches, type Activity } from './stretches.ts';
import { mean, smooth } from './smooth.ts';
import { cellsUnder, type Grid } from './windows.ts';

/** A run of neighbouring cells that sound alike. */
interface Run {
  readonly label: string;
  readonly first: number;
  /** One past the last cell. */
  readonly end: number;
}

/**
 * Segments that cover the recording without gap or overlap: speech cut where its expressed emotion
 * changes, and `no speech` between the stretches. All spans in samples of the grid's rate.
 */
export function segmentsOf(
  track: Track,
  activity: Activity,
  grid: Grid,
  settings: TimelineSettings,
): readonly ProposedSegment[] {
  const segments: ProposedSegment[] = [];
  let reached = 0;
  for (const stretch of speechStretches(activity)) {
    if (stretch.start > reached) {
      segments.push(silence({ start: reached, end: stretch.start }, activity));
    }
    segments.push(...speech(stretch, track, grid, settings));
    reached = stretch.end;
  }
  if (reached < grid.samples) {
    segments.push(silence({ start: reached, end: grid.samples }, activity));
  }
  return segments;
}

function speech(
  stretch: Span,
  track: Track,
  grid: Grid,
  settings: TimelineSettings,
): ProposedSegment[] {
  const cells = cellsUnder(stretch, grid);
  const rows = smooth(
    cells.map((cell) => cellProbabilities(track, cell)),
    settings.smoothingCells,
  );
  const shortest = Math.max(1, Math.round(settings.shortestSeconds / track.hopSeconds));
  const runs = joinShort(
    runsOf(decide(rows, track.labels, settings)),
    rows,
    track.labels,
    shortest,
  );
  const firstCell = cells[0] ?? 0;
  return runs.map((run) => {
    const probabilities = mean(rows.slice(run.first, run.end));
    return {
      start: Math.max(stretch.start, (firstCell + run.first) * grid.hop),
      end: run.end === rows.length ? stretch.end : (firstCell + run.end) * grid.hop,
      label: run.label,
      confidence: confidenceOf(run.label, probabilities, track.labels),
      probabilities: [...probabilities],
    };
  });
}

/** A label for each cell: the current one stays until another is clearly likelier (hysteresis). */
function decide(
  rows: readonly Float32Array[],
  labels: readonly string[],
  settings: TimelineSettings,
): readonly string[] {
  let current = -1;
  return rows.map((row) => {
    const best = likeliest(row);
    const bestValue = row[best] ?? 0;
    if (current < 0 || bestValue - (row[current] ?? 0) > settings.takeover) current = best;
    return bestValue < settings.unsureBelow ? unsure : (labels[current] ?? unsure);
  });
}

function runsOf(decisions: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const [cell, label] of decisions.entries()) {
    const last = runs.at(-1);
    if (last?.label === label) runs[runs.length - 1] = { ...last, end: cell + 1 };
    else runs.push({ label, first: cell, end: cell + 1 });
  }
  return runs;
}

/** Joins the shortest run to the neighbour that it sounds more like, until none is too short. */
function joinShort(
  runs: readonly Run[],
  rows: readonly Float32Array[],
  labels: readonly string[],
  shortest: number,
): readonly Run[] {
  let joined = runs;
  while (joined.length > 1) {
    const at = shortestRun(joined);
    const short = joined[at];
    if (!short || short.end - short.first >= shortest) break;
    const sound = mean(rows.slice(short.first, short.end));
    const affinity = (run: Run): number => sound[labels.indexOf(run.label)] ?? 0;
    const neighbours = [joined[at - 1], joined[at + 1]].filter((run) => run !== undefined);
    const { label } = neighbours.reduce((best, run) =>
      affinity(run) > affinity(best) ? run : best,
    );
    joined = joinAlike(joined.map((run) => (run === short ? { ...run, label } : run)));
  }
  return joined;
}

function shortestRun(runs: readonly Run[]): number {
  const lengths = runs.map(({ first, end }) => end - first);
  return lengths.reduce((best, length, index) => (length < (lengths[best] ?? 0) ? index : best), 0);
}

function joinAlike(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last?.label === run.label) joined[joined.length - 1] = { ...last, end: run.end };
    else joined.push(run);
  }
  return joined;
}

function silence(span: Span, activity: Activity): ProposedSegment {
  const confidence = 1 - speechProbability(activity, span);
  return { ...span, label: noSpeech, confidence, probabilities: [] };
}

function confidenceOf(
  label: string,
  probabilities: Float32Array,
  labels: readonly string[],
): number {
  const index = labels.indexOf(label);
  return probabilities[index >= 0 ? index : likeliest(probabilities)] ?? 0;
}

function likeliest(row: Float32Array): number {
  return row.reduce((best, value, index) => (value > (row[best] ?? 0) ? index : best), 0);
}
