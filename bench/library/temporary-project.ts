import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase } from '#library/database/connection.ts';
import { openProject, type Project } from '#library/project.ts';
import { fillLargeProject, type LargeProject } from './large-project.ts';

interface TemporaryProject {
  readonly open: () => Promise<Project>;
  readonly remove: () => void;
}

/** A large project in a folder of its own, not open yet, so that opening it can be timed. */
export async function makeTemporaryProject(size: LargeProject): Promise<TemporaryProject> {
  const folder = mkdtempSync(join(tmpdir(), 'undertone-bench-'));
  const projectFolder = join(folder, 'project');
  const open = (): Promise<Project> =>
    openProject(projectFolder, {
      backupsFolder: join(folder, 'backups'),
      onBug: (error: unknown) => {
        throw error;
      },
    });
  (await open()).close();
  const filler = connectDatabase(join(projectFolder, 'project.sqlite'), { readOnly: false });
  fillLargeProject(filler, size);
  filler.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  filler.close();
  return {
    open,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
