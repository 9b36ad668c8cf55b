import { readFileSync } from 'node:fs';
import { readAnnotations } from '#formats/annotation/read.ts';
import type { AnnotationFormatId } from '#formats/annotation/registry.ts';
import { toErrorShape } from '#shared/contract/errors.ts';

/**
 * Reads files of one format, one after the other, and prints what came of each and how much work it was. Run
 * with as little memory as that may take.
 */
const [format = '', ...paths] = process.argv.slice(2);

for (const path of paths) {
  const before = process.cpuUsage();
  let outcome = 'read';
  try {
    const options = { format: format as AnnotationFormatId, badRows: 'leave out' } as const;
    await readAnnotations(readFileSync(path), 'long.x', options);
  } catch (error) {
    outcome = toErrorShape(error).code;
  }
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  process.stdout.write(`${JSON.stringify({ path, outcome, cpuSeconds })}\n`);
}
