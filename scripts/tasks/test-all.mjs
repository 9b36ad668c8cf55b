import { lastLine, sum } from './counts.mjs';
import { runReliability } from './reliability.mjs';
import { runTests } from './test.mjs';

/** `npm run test:all`: what every change has to pass. Its last line counts all tests. */
export async function run() {
  const runs = [await runTests(), await runReliability()];
  process.stdout.write(`${lastLine(sum(runs.map(({ counts }) => counts)))}\n`);
  return runs.every(({ good }) => good) ? 0 : 1;
}
