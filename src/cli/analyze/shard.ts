import { createHash } from 'node:crypto';
import { InvalidArgumentError } from 'commander';

/** One of several machines' parts of the work; counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

const largest = 99_999;

/** `I/N`, for commander. */
export function parseShard(value: string): Shard {
  const [, first = '', second = ''] = /^(\d{1,5})\/(\d{1,5})$/u.exec(value) ?? [];
  const [index, of] = [Number(first), Number(second)];
  if (index >= 1 && index <= of && of <= largest) return { index, of };
  throw new InvalidArgumentError('Give a part and how many there are, 1/4 to 4/4 for four.');
}

/**
 * Whether a recording belongs to a shard. That hangs on its name alone, so that every machine gives the same
 * answer, wherever its folder is mounted and whatever else is in it. Systems spell accents in two ways.
 */
export function isInShard(name: string, { index, of }: Shard): boolean {
  const hash = createHash('sha256').update(name.normalize('NFC')).digest();
  return hash.readUIntBE(0, 6) % of === index - 1;
}

/** What its files are called, without their endings. */
export function nameOfShard({ index, of }: Shard): string {
  return `part-${padded(index)}-of-${padded(of)}`;
}

function padded(number: number): string {
  return String(number).padStart(5, '0');
}
