import { deltaContext } from '#engine/features/deltas.ts';
import { hopSize, rowCentre } from '#engine/features/frames.ts';
import { rawLayout } from '#engine/features/layout.ts';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import { modelInput } from '#engine/features/model-input.ts';
import type { Profile } from '#engine/features/profile.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import type { Window } from '#engine/timeline/windows.ts';
import type { Span } from '#shared/domain/time.ts';
import type { FrameSpool } from './frame-spool.ts';

/** Where rows are read from. */
type RowStore = Pick<FrameSpool, 'read' | 'rows'>;

/**
 * What the model sees of neighbouring windows, one matrix a window. The rows under all of them are read and
 * normalised once, however much the windows overlap.
 *
 * @param windows in order of time, spans in samples at 16 kHz
 */
export async function windowInputs(
  settings: FeatureSettings,
  spool: RowStore,
  profile: Profile,
  windows: readonly Window[],
): Promise<readonly Matrix[]> {
  const spans = windows.map((window) => rowSpan(window, settings.stride, spool.rows()));
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  const context = deltaContext(settings.deltas);
  const from = Math.max(0, start - context);
  const raw = rowsOf(await spool.read(from, end + context), rawLayout(settings).columns);
  const range = { start: start - from, end: end - from };
  const { data, columns } = modelInput(settings, raw, profile, range);
  return spans.map((span) =>
    rowsOf(data.subarray((span.start - start) * columns, (span.end - start) * columns), columns),
  );
}

/** The rows whose middle lies in a span of samples; the nearest one where that is none. */
export function rowSpan({ start, end }: Span, stride: number, rows: number): Span {
  const pace = stride * hopSize;
  const rowFrom = (sample: number): number => Math.ceil((sample - rowCentre(0, stride)) / pace);
  const first = Math.min(Math.max(0, rowFrom(start)), rows - 1);
  return { start: first, end: Math.max(first + 1, Math.min(rows, rowFrom(end))) };
}
