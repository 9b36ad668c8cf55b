import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openFrameSpool } from '#engine/analysis/frame-spool.ts';

const folder = mkdtempSync(join(tmpdir(), 'spool-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('gives back any rows as they were appended, in any portions, and leaves nothing behind', async () => {
  const portions = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(portions, fc.nat(100), fc.nat(100), async (sizes, a, b) => {
      const width = 3;
      const spool = await openFrameSpool(folder, width);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const all = Float32Array.from({ length: total * width }, (_, index) => Math.sin(index));
      let row = 0;
      for (const size of sizes) {
        await spool.append(all.subarray(row * width, (row + size) * width));
        row += size;
      }
      const from = Math.min(a, b, total);
      const to = Math.min(Math.max(a, b), total);
      expect(spool.rows()).toBe(total);
      expect(await spool.read(from, to + 5)).toEqual(all.slice(from * width, (to + 5) * width));
      await spool.dispose();
    }),
    { numRuns: 40 },
  );
  expect(readdirSync(folder)).toEqual([]);
});
