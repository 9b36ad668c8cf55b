import { formatClock } from '#shared/domain/time.ts';
import { inWords } from '../progress.ts';
import type { BatchTotals } from './batch.ts';

/** What a run did, in a line. */
export function describeBatch(totals: BatchTotals): string {
  const { analysed, analysedSeconds, kept, failed, elapsedSeconds } = totals;
  const counts = [
    `${analysed} analysed`,
    ...(kept > 0 ? [`${kept} up to date already`] : []),
    `${failed} failed`,
  ];
  const pace = (analysedSeconds / Math.max(0.001, elapsedSeconds)).toFixed(1);
  const speed =
    analysed > 0
      ? ` ${formatClock(analysedSeconds)} of sound in ${inWords(elapsedSeconds)}, ${pace} times as fast as it lasts.`
      : '';
  return `${analysed + kept + failed} recordings: ${counts.join(', ')}.${speed}\n`;
}
