import { InvalidArgumentError } from 'commander';

/** A whole number from 0 on, for commander. */
export function parseCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0 && value.trim() !== '') return count;
  throw new InvalidArgumentError('Give a whole number from 0 on.');
}
