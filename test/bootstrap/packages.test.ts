import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fits } from '../../scripts/setup/packages.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const vue = { version: '3.5.45', integrity: 'sha512-a' };
const windowsOnly = { version: '1.0.0', integrity: 'sha512-b', optional: true };
const wanted = {
  packages: { '': { version: '0.1.0' }, 'node_modules/vue': vue, 'node_modules/win': windowsOnly },
};

describe('fits', () => {
  it('accepts what is wanted, with or without the packages of other systems', () => {
    expect(fits(wanted, { packages: { 'node_modules/vue': vue } })).toBe(true);
    const all = { 'node_modules/vue': vue, 'node_modules/win': windowsOnly };
    expect(fits(wanted, { packages: all })).toBe(true);
  });

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/vue': { ...vue, version: '3.5.44' } }],
    ['other content', { 'node_modules/vue': { ...vue, integrity: 'sha512-c' } }],
    ['a package too many', { 'node_modules/vue': vue, 'node_modules/react': vue }],
  ])('refuses %s', (_, packages) => {
    expect(fits(wanted, { packages })).toBe(false);
  });
});

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}
interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('package-lock.json', () => {
  // `npm ci` refuses a lock that misses one, so that no fresh clone could be set up. It happens when a registry
  // lacks a platform's package on the day of `npm install`: optional, so npm says nothing.
  it('names every dependency of every package, those of other platforms too', async () => {
    const text = await readFile(path.join(root, 'package-lock.json'), 'utf8');
    const { packages } = JSON.parse(text) as Lock;
    const missing = Object.entries(packages).flatMap(([folder, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !resolves(packages, folder, name))
        .map((name) => `${folder} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Node's own search: the package's node_modules, then those of the folders above. */
function resolves(packages: Lock['packages'], folder: string, name: string): boolean {
  const key = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
  if (packages[key]?.version !== undefined) return true;
  if (folder === '') return false;
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  return resolves(packages, above, name);
}
