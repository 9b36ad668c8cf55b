import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '#library/start.ts';
import { makeFolder, openReadyLibrary, openTestLibrary } from './support/test-library.ts';

function open(projectFolder: string): ReturnType<typeof openLibrary> {
  return openLibrary({
    projectFolder,
    modelFolder: '/models/stand-in',
    backupsFolder: join(dirname(projectFolder), 'backups'),
    appVersion: '0',
    onBug: (bug) => {
      throw bug;
    },
  });
}

describe('a project folder', () => {
  it('is made with all it needs', async () => {
    const { folder } = await openReadyLibrary();
    expect(readdirSync(join(folder, 'project')).filter((name) => !name.includes('-'))).toEqual([
      'cache',
      'models',
      'project.lock',
      'project.sqlite',
      'recordings',
    ]);
  });

  it('whose creation was interrupted is made the rest of the way', async () => {
    const project = join(makeFolder(), 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'project.sqlite'), '');
    const { page } = await openTestLibrary(project);
    expect(await page.call('recordings.list', {})).toEqual([]);
  });

  it('in a place where nothing can be made is refused with the reason', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(open(join(folder, 'file', 'project'))).rejects.toMatchObject({
      code: 'not-writable',
    });
  });

  it('that is open is refused to whoever comes second, and free again once it is closed', async () => {
    const project = join(makeFolder(), 'project');
    const one = await openTestLibrary(project);
    await expect(open(project)).rejects.toMatchObject({
      code: 'project-in-use',
      message: expect.stringContaining(project) as string,
    });
    expect(await one.page.call('recordings.list', {})).toEqual([]);
    await one.library.close();
    const two = await openTestLibrary(project);
    expect(await two.page.call('recordings.list', {})).toEqual([]);
  });

  it('that another process has open is refused, and free again when that one is killed', async () => {
    const folder = makeFolder();
    const child = fileURLToPath(new URL('./support/importing-child.ts', import.meta.url));
    const other = spawn(process.execPath, ['--import', 'tsx', child, folder, '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');
    await expect(open(join(folder, 'project'))).rejects.toMatchObject({ code: 'project-in-use' });
    other.kill('SIGKILL');
    await once(other, 'close');
    const { page } = await openTestLibrary(join(folder, 'project'));
    expect((await page.call('recordings.list', {})).length).toBeGreaterThan(0);
  });
});
