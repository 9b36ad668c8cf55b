import { session, type BrowserWindow } from 'electron';
import { partition } from '../security/own-page.ts';

const milliseconds = 1_000;

/**
 * What the page keeps (where somebody was, how loud it is) is on the disk a second later. Chromium by itself
 * takes up to minutes, which a killed application does not have.
 */
export function setupKeeping(window: BrowserWindow): void {
  const kept = session.fromPartition(partition);
  const timer = setInterval(() => {
    kept.flushStorageData();
  }, milliseconds);
  window.once('closed', () => {
    clearInterval(timer);
  });
}
