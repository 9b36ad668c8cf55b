import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('support/print-backend.ts', import.meta.url));
const withoutAddon = fileURLToPath(new URL('support/without-addon.ts', import.meta.url));

interface Printed {
  readonly backend: { readonly kind: string; readonly version: string; readonly reason?: string };
  /** What a product gives, to show that the backend computes. */
  readonly product: readonly number[];
  readonly nativeLibraries: readonly string[];
  readonly errorHandlers: number;
  readonly stderr: string;
}

/** Loads the backend in a process of its own. */
async function start(engine: string, ...options: readonly string[]): Promise<Printed> {
  const env = { ...process.env, UNDERTONE_ENGINE: engine };
  const args = ['--import', 'tsx', ...options, script];
  const { stdout, stderr } = await run(process.execPath, args, { env });
  return { ...(JSON.parse(stdout) as Omit<Printed, 'stderr'>), stderr };
}

describe('loadBackend', () => {
  it.skipIf(process.env['UNDERTONE_ENGINE'] === 'portable')(
    'takes native TensorFlow, without a word on stderr',
    async () => {
      const printed = await start('');
      expect(printed.backend.kind).toBe('native');
      expect(printed.backend.version).toMatch(/^2\./);
      expect(printed.product).toEqual([11]);
      expect(printed.nativeLibraries).not.toEqual([]);
      expect(printed.stderr).toBe('');
    },
  );

  it('takes the portable engine when asked to, and then loads nothing native', async () => {
    const printed = await start('portable');
    expect(printed.backend).toMatchObject({ kind: 'portable', version: '4.22.0' });
    expect(printed.backend.reason).toContain('UNDERTONE_ENGINE');
    expect(printed.product).toEqual([11]);
    expect(printed.nativeLibraries).toEqual([]);
    expect(printed.errorHandlers).toBe(0);
    expect(printed.stderr).toBe('');
  });

  it('takes the portable engine where the native library does not load, and says why', async () => {
    const printed = await start('', '--import', withoutAddon);
    expect(printed.backend).toEqual({
      kind: 'portable',
      version: '4.22.0',
      reason: 'libtensorflow.so.2: cannot open shared object file',
    });
    expect(printed.product).toEqual([11]);
  });
});
