import { sep } from 'node:path';

/**
 * What to call files in a table: their names, and where several have the same name as many of their
 * folders as it takes to tell them apart, with forward slashes.
 *
 * @param paths absolute
 */
export function distinctNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  let open = [...new Set(paths)];
  for (let parts = 1; open.length > 0; parts++) {
    const candidates = new Map(open.map((path) => [path, lastParts(path, parts)]));
    const seen = new Set<string>();
    const shared = new Set<string>();
    for (const name of candidates.values()) (seen.has(name) ? shared : seen).add(name);
    for (const [path, name] of candidates) if (!shared.has(name)) names.set(path, name);
    open = open.filter((path) => !names.has(path));
  }
  return names;
}

function lastParts(path: string, parts: number): string {
  return path.split(sep).slice(-parts).join('/');
}
