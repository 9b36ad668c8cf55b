import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Figures for docs/RELIABILITY.md. */
    told?: readonly string[];
  }
}

const isSoak = process.env['UNDERTONE_COUNTS'] === 'soak';

/** How often something is done: as often as `npm run test:reliability` can wait for, or `npm run soak`. */
export function counts(ofChange: number, ofSoak: number): number {
  return isSoak ? ofSoak : ofChange;
}

/** Prints what was found, and keeps it for docs/RELIABILITY.md. */
export function tell({ task }: Pick<TestContext, 'task'>, figures: string): void {
  task.meta.told = [...(task.meta.told ?? []), figures];
  process.stdout.write(`${figures}\n`);
}
