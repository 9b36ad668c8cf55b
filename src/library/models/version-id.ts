import { randomUUID } from 'node:crypto';

/**
 * A name that no other version has, in any project, since segments are marked with it wherever they go; and
 * that a model's card and a folder can have.
 *
 * @param day of today, as `2026-11-26`
 */
export function newVersionId(day: string): string {
  return `retrained-${day}-${randomUUID().slice(0, 8)}`;
}
