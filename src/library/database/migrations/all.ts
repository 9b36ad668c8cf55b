import { recordings } from './0001-recordings.ts';
import { annotation } from './0002-annotation.ts';
import { recorded } from './0003-recorded.ts';
import { search } from './0004-search.ts';
import { modelVersions } from './0005-model-versions.ts';
import { review } from './0006-review.ts';
import { queue } from './0007-queue.ts';
import { speakers } from './0008-speakers.ts';
import { uncertainStart } from './0009-uncertain-start.ts';
import { terms } from './0010-terms.ts';
import { difficult } from './0011-difficult.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied; only ever added to, at the end. */
export const allMigrations: readonly Migration[] = [
  recordings,
  annotation,
  recorded,
  search,
  modelVersions,
  review,
  queue,
  speakers,
  uncertainStart,
  terms,
  difficult,
];
