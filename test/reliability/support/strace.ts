import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Why system calls cannot be watched on this machine; undefined where they can. */
export function whyNoStrace(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has strace';
  try {
    execFileSync('strace', ['-f', '-e', 'trace=none', 'true'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `strace does not work here (${String(error).split('\n')[0] ?? ''})`;
  }
}

export interface Traced {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** One system call a line, with the paths that descriptors stand for. */
  readonly calls: readonly string[];
}

export interface TraceOptions {
  /** Names of system calls, as strace takes them. */
  readonly calls: string;
  readonly log: string;
  /** Files that the calls have to be about; any where absent. */
  readonly paths?: readonly string[];
  /** What becomes of these calls, as strace takes it: `error=EIO:when=40+9`. */
  readonly inject?: string;
  /** Ends the program when what it has printed says so. */
  readonly isEnough?: (stdout: string) => boolean;
}

/** Runs a program and everything it starts, and notes system calls. */
export async function trace(
  command: readonly string[],
  { calls, log, paths = [], inject, isEnough }: TraceOptions,
): Promise<Traced> {
  const what = inject === undefined ? [] : ['-e', `inject=${calls}:${inject}`];
  const where = paths.flatMap((path) => ['-P', path]);
  const words = ['-f', '-y', '-qq', '-s', '64', '-e', `trace=${calls}`, '-e', 'signal=none'];
  const program = spawn('strace', [...words, ...what, ...where, '-o', log, ...command], {
    detached: true,
  });
  const output = { stdout: '', stderr: '' };
  program.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    // The whole group: strace alone would leave what it watches running.
    if (isEnough?.(output.stdout) && program.pid !== undefined) {
      process.kill(-program.pid, 'SIGKILL');
    }
  });
  program.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const [status] = (await once(program, 'close')) as [number | null];
  return { status, ...output, calls: readFileSync(log, 'utf8').split('\n') };
}
