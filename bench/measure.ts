type Work = () => unknown;

/**
 * The fastest run of each kind of work, in ms. They take turns, so that what else the machine does meets all alike, and
 * the fastest is what it disturbed least.
 */
export async function fastest<const K extends string>(
  works: Readonly<Record<K, Work>>,
  rounds = 7,
): Promise<Readonly<Record<K, number>>> {
  const entries = Object.entries<Work>(works);
  const best = new Map<string, number>();
  // Once before: the first run compiles.
  for (const [, work] of entries) await work();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of entries) {
      best.set(name, Math.min(best.get(name) ?? Infinity, await milliseconds(work)));
    }
  }
  return Object.fromEntries(best) as Record<K, number>;
}

/** Time of processors that this process takes for some work, all its threads together, in seconds. */
export async function processorSeconds(work: Work): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export async function milliseconds(work: Work): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
