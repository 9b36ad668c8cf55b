import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own, that can be filled to the last byte without harm. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills it, but for so many bytes; a call after another begins anew. */
  readonly leave: (bytes: number) => void;
  readonly unmount: () => void;
}

/** Why there can be none on this machine; undefined where there can. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has a file system in memory to fill';
  if (process.getuid?.() !== 0) return 'only root may mount';
  try {
    mountSmallDisk(1).unmount();
    return undefined;
  } catch (error) {
    return `mounting is not allowed here (${String(error).split('\n')[0] ?? ''})`;
  }
}

export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'undertone-small-disk-'));
  const size = `size=${String(megabytes)}m`;
  execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'pipe' });
  const ballast = join(folder, 'ballast');
  const chunk = Buffer.alloc(1 << 20, 1);
  return {
    folder,
    leave: (bytes) => {
      rmSync(ballast, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      const file = openSync(ballast, 'w');
      try {
        for (let rest = bavail * bsize - bytes; rest > 0; rest -= chunk.length) {
          writeSync(file, chunk, 0, Math.min(rest, chunk.length));
        }
      } finally {
        closeSync(file);
      }
    },
    unmount: () => {
      execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
      rmSync(folder, { recursive: true });
    },
  };
}
