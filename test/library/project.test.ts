import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '#library/start.ts';
import { makeFolder, openReadyLibrary, openTestLibrary } from './support/test-library.ts';

function open(projectFolder: string): ReturnType<typeof openLibrary> {
  return openLibrary({
    projectFolder,
    modelFolder: '/models/stand-in',
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
      'project.sqlite',
      'recordings',
    ]);
  });

  it('whose database was replaced by nonsense is refused and left as it is', async () => {
    const project = join(makeFolder(), 'project');
    const { library } = await openTestLibrary(project);
    await library.close();
    const path = join(project, 'project.sqlite');
    writeFileSync(path, 'nonsense'.repeat(1000));
    await expect(open(project)).rejects.toMatchObject({
      code: 'project-invalid',
      message: expect.stringContaining(path) as string,
    });
    expect(readFileSync(path, 'utf8')).toBe('nonsense'.repeat(1000));
  });

  it('whose database was emptied is refused, not taken for a new one', async () => {
    const project = join(makeFolder(), 'project');
    const { library } = await openTestLibrary(project);
    await library.close();
    writeFileSync(join(project, 'project.sqlite'), '');
    await expect(open(project)).rejects.toMatchObject({ code: 'project-invalid' });
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

  it('may be open twice; both see what either does', async () => {
    const project = join(makeFolder(), 'project');
    const one = await openTestLibrary(project);
    const two = await openTestLibrary(project);
    expect(await two.page.call('recordings.list', {})).toEqual([]);
    expect(await one.page.call('recordings.list', {})).toEqual([]);
  });
});
