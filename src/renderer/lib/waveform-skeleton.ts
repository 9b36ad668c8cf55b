const style = /<style nonce="[\w+/=-]+">[^<]*<\/style>/;
const container = /<div(?: (?:class|part)="[\w -]*")*>|<\/div>/g;

/**
 * Whether markup is what wavesurfer.js writes: nothing at all, to empty its canvases, or its shadow root:
 * one style element with a nonce, then plain containers.
 */
export function isWaveformSkeleton(markup: string): boolean {
  return markup.replace(style, '').replace(container, '').trim() === '';
}
