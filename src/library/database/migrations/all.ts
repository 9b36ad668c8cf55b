import { recordings } from './0001-recordings.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied; only ever added to, at the end. */
export const allMigrations: readonly Migration[] = [recordings];
