import { formatClock } from '#shared/domain/time.ts';
import { uncertainStartsWords, uncertainStartWords } from '#shared/domain/uncertain-start.ts';
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

/** One line, however many recordings start uncertainly; what is written says which. */
export function describeUncertainStarts({ uncertainStarts }: BatchTotals): string {
  const [first, ...others] = uncertainStarts;
  if (!first) return '';
  if (others.length === 0) return `${first.name}: ${uncertainStartWords(first.seconds)}\n`;
  const most = others.reduce((so, { seconds }) => Math.max(so, seconds), first.seconds);
  return `${uncertainStartsWords(uncertainStarts.length, most)}\n`;
}
