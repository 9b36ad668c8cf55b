/**
 * Times are stored as whole samples of a recording's canonical sound, counted from its first sample;
 * seconds are only ever derived. A span is half open: `[start, end)`.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function toSeconds(samples: number, sampleRate: number): number {
  return samples / sampleRate;
}

export function toSamples(seconds: number, sampleRate: number): number {
  return Math.round(seconds * sampleRate);
}

export function spanLength(span: Span): number {
  return span.end - span.start;
}

/** `h:mm:ss.d` from an hour on, `m:ss.d` below: as a transport bar shows it. */
export function formatClock(seconds: number, decimals = 1): string {
  // Rounded first, so that 59.96 s reads 1:00.0 and not 0:60.0.
  const scale = 10 ** decimals;
  const total = Math.round(Math.max(0, seconds) * scale) / scale;
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = (total % 60).toFixed(decimals).padStart(decimals > 0 ? 3 + decimals : 2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
