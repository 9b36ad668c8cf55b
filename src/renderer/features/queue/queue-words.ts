import type { QueueState } from '#shared/domain/queue-state.ts';
import { timeLeft } from '../../lib/words.ts';

/** `1,204`, with the separator of English, which the rest of the page speaks. */
function thousands(number: number): string {
  return number.toLocaleString('en');
}

/** How far the queue is, in a line. */
export function queueWords(state: QueueState): string {
  const { phase, waiting, analysed, kept, failed, secondsLeft } = state;
  const done = analysed + kept + failed;
  const far = `${thousands(done)} of ${thousands(done + waiting)}`;
  switch (phase) {
    case 'idle':
      return outcomeWords(state);
    case 'working':
      return [far, timeLeft(secondsLeft)].filter(Boolean).join(', ');
    case 'paused':
      return waiting > 0 ? `Paused at ${far}` : 'Paused';
    case 'held':
      return `${far}, waiting while you record`;
  }
}

/** What became of all that was queued: `12 analysed, 3 failed`. */
export function outcomeWords({ analysed, kept, failed, cancelled }: QueueState): string {
  const part = (number: number, words: string): readonly string[] =>
    number > 0 ? [`${thousands(number)} ${words}`] : [];
  return [
    ...part(analysed, 'analysed'),
    ...part(kept, kept === 1 ? 'was up to date' : 'were up to date'),
    ...part(failed, 'failed'),
    ...part(cancelled, 'stopped'),
  ].join(', ');
}

/** `Try the recording that failed again`, `Try all 3 failed again`. */
export function againWords(number: number, what: 'failed' | 'stopped'): string {
  const verb = what === 'failed' ? 'Try' : 'Queue';
  return number === 1
    ? `${verb} the ${what} one again`
    : `${verb} all ${thousands(number)} ${what} again`;
}
