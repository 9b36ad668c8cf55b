import type { Withheld } from '#shared/domain/terms.ts';
import { count } from './words.ts';

const reasons = {
  refused: 'consent was refused',
  withdrawn: 'consent was withdrawn',
  expired: 'kept longer than agreed',
} as const satisfies Readonly<Record<keyof Withheld, string>>;

/**
 * `2 recordings left out: consent was withdrawn (1), kept longer than agreed (1)`; empty where none was.
 */
export function withheldWords(withheld: Withheld): string {
  const all = Object.values(withheld).reduce((sum, own) => sum + own, 0);
  if (all === 0) return '';
  const parts = (Object.keys(reasons) as (keyof Withheld)[])
    .filter((reason) => withheld[reason] > 0)
    .map((reason) => `${reasons[reason]} (${withheld[reason]})`);
  return `${count(all, 'recording')} left out: ${parts.join(', ')}`;
}
