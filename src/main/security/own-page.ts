import type { WebFrameMain } from 'electron';

export const scheme = 'app';
/** The one host; a second would be another origin. */
const origin = 'app://bundle';
export const pageAddress = `${origin}/index.html`;
/** The one partition that a page of ours lives in. */
export const partition = 'persist:undertone';

/** Whether a message comes from the top frame of our own page; a frame that is gone is not. */
export function isOwnPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === origin;
}

/** Whether an address, whole or an origin, is of our own page. */
export function isOwnAddress(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}` === origin;
}
