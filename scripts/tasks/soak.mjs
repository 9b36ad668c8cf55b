import { lastLine } from './counts.mjs';
import { runReliability } from './reliability.mjs';
import { writeReliabilityTable } from './reliability-table.mjs';

/** `npm run soak`: the tests of reliability with their full counts, which takes hours; writes docs/RELIABILITY.md. */
export async function run() {
  const { good, counts } = await runReliability('soak');
  await writeReliabilityTable();
  process.stdout.write(`${lastLine(counts)}\n`);
  return good ? 0 : 1;
}
