/** One line: the median and the worst of some times, in ms. */
export function print(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const worst = sorted.at(-1) ?? 0;
  process.stdout.write(
    `${what.padEnd(52)} ${median.toFixed(1).padStart(8)} ms median ${worst.toFixed(1).padStart(8)} ms worst\n`,
  );
}
