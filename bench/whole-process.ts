import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const command = fileURLToPath(new URL('../src/cli/index.ts', import.meta.url));

export interface WholeProcess {
  readonly seconds: number;
  /** Time of processors, of all of them together; null where there is no GNU time to ask. */
  readonly processorSeconds: number | null;
  /** The most memory that it ever had; null where there is no GNU time to ask. */
  readonly megabytes: number | null;
}

/** Runs `undertone ARGS` in a process of its own, and has GNU time watch it. */
export async function runUndertone(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<WholeProcess> {
  const node = [process.execPath, '--import', loader, command, ...args];
  const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 28 };
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  try {
    const { stderr } = await promisify(execFile)('/usr/bin/time', ['-v', ...node], options);
    const taken = seconds();
    const said = (what: string): number =>
      Number(new RegExp(`${what} \\(\\w+\\): ([\\d.]+)`).exec(stderr)?.[1]);
    return {
      seconds: taken,
      processorSeconds: said('User time') + said('System time'),
      megabytes: (said('Maximum resident set size') * 1024) / 1e6,
    };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const [program = '', ...rest] = node;
  await promisify(execFile)(program, rest, options);
  return { seconds: seconds(), processorSeconds: null, megabytes: null };
}
