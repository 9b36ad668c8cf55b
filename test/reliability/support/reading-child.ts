import { readFileSync } from 'node:fs';
import { readAnnotations } from '#formats/annotation/read.ts';
import type { AnnotationFormatId } from '#formats/annotation/registry.ts';
import { toErrorShape } from '#shared/contract/errors.ts';

/**
 * Reads files of one format, one after the other, and prints what came of each and how much work it was; first,
 * how much the plainest reading of the first one is. Run with as little memory as that may take.
 */
const [format = '', ...paths] = process.argv.slice(2);

async function cpuSecondsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Cells of all lines as numbers where they are some, nothing checked. */
function plainCells(path: string): readonly (readonly number[])[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.map((line) => line.split(/[\t, ]/u).map(Number));
}

print({ plainSeconds: await cpuSecondsOf(() => plainCells(paths[0] ?? '')) });

for (const path of paths) {
  let outcome = 'read';
  const cpuSeconds = await cpuSecondsOf(async () => {
    try {
      const options = { format: format as AnnotationFormatId, badRows: 'leave out' } as const;
      await readAnnotations(readFileSync(path), 'long.x', options);
    } catch (error) {
      outcome = toErrorShape(error).code;
    }
  });
  print({ path, outcome, cpuSeconds });
}
