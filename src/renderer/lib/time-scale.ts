/**
 * The one time axis of the stage: which stretch of a recording lies on how many pixels. Every lane, the
 * ruler, the playhead and the pointer go through it, so that they cannot disagree.
 */
export interface TimeScale {
  /** Length of the recording in seconds. */
  readonly duration: number;
  /** Width of the lanes in CSS pixels. */
  readonly width: number;
  readonly pxPerSecond: number;
  /** The second at the left edge. */
  readonly start: number;
}

/** At 500 px a second an edge can be set to within 2 ms; closer than that peaks have no more to show. */
const closest = 500;

/** The whole recording on the whole width. */
export function fitScale(duration: number, width: number): TimeScale {
  return { duration, width, pxPerSecond: fittingPxPerSecond(duration, width), start: 0 };
}

export function isFitted(scale: TimeScale): boolean {
  return scale.pxPerSecond <= fittingPxPerSecond(scale.duration, scale.width);
}

export function xOf(scale: TimeScale, seconds: number): number {
  return (seconds - scale.start) * scale.pxPerSecond;
}

/** The second under a pixel, kept within the recording. */
export function timeAt(scale: TimeScale, x: number): number {
  return clamp(scale.start + x / scale.pxPerSecond, 0, scale.duration);
}

export function visibleEnd(scale: TimeScale): number {
  return Math.min(scale.duration, scale.start + scale.width / scale.pxPerSecond);
}

/** Zooms so that what lies under pixel `x` stays there, as far as the ends of the recording allow. */
export function zoomAt(scale: TimeScale, factor: number, x: number): TimeScale {
  const least = fittingPxPerSecond(scale.duration, scale.width);
  const pxPerSecond = clamp(scale.pxPerSecond * factor, least, Math.max(least, closest));
  const anchor = scale.start + x / scale.pxPerSecond;
  return panTo({ ...scale, pxPerSecond }, anchor - x / pxPerSecond);
}

export function panTo(scale: TimeScale, start: number): TimeScale {
  const last = Math.max(0, scale.duration - scale.width / scale.pxPerSecond);
  return { ...scale, start: clamp(start, 0, last) };
}

export function panBy(scale: TimeScale, pixels: number): TimeScale {
  return panTo(scale, scale.start + pixels / scale.pxPerSecond);
}

/** A new width keeps the zoom, except that a recording shown whole stays whole. */
export function resizeTo(scale: TimeScale, width: number): TimeScale {
  if (isFitted(scale)) return fitScale(scale.duration, width);
  return zoomAt({ ...scale, width }, 1, 0);
}

/** Moves as little as needed to bring a span into view with some air; a wider one is shown from its start. */
export function reveal(scale: TimeScale, start: number, end: number): TimeScale {
  const air = 24 / scale.pxPerSecond;
  const seen = scale.width / scale.pxPerSecond;
  if (start >= scale.start && end <= scale.start + seen) return scale;
  if (start < scale.start || end - start + 2 * air > seen) return panTo(scale, start - air);
  return panTo(scale, end + air - seen);
}

function fittingPxPerSecond(duration: number, width: number): number {
  return width / Math.max(duration, 0.001);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
