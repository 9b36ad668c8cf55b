import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle, type Bundle } from '../../../src/main/protocol/bundle.ts';

let folder: string;
let bundle: Bundle;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'undertone-bundle-'));
  const page = path.join(folder, 'page');
  await mkdir(path.join(page, 'assets'), { recursive: true });
  await mkdir(path.join(folder, 'page-beside'));
  await writeFile(path.join(folder, 'secret.txt'), 'canary');
  await writeFile(path.join(folder, 'page-beside/secret.txt'), 'canary');
  await writeFile(path.join(page, 'index.html'), '<script nonce="__NONCE__"></script>');
  await writeFile(path.join(page, 'assets/main.js'), 'const nonce = "__NONCE__";');
  await symlink(path.join(folder, 'secret.txt'), path.join(page, 'link.txt'));
  await symlink(folder, path.join(page, 'assets/up'));
  bundle = openBundle(page);
});

afterAll(() => rm(folder, { recursive: true }));

describe('openBundle', () => {
  it('serves a file of the built page with its type', async () => {
    const response = await bundle.serve('/assets/main.js', 'abc');
    expect(response?.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response?.text()).toBe('const nonce = "__NONCE__";');
  });

  it('puts the nonce of this load into the page', async () => {
    const response = await bundle.serve('/index.html', 'abc');
    expect(await response?.text()).toBe('<script nonce="abc"></script>');
  });

  it.each([
    '/link.txt',
    '/assets/up/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '/assets/../../secret.txt',
    '/../page-beside/secret.txt',
    '/index.html/',
    '/index.html\0.js',
    '//index.html',
    '/INDEX.HTML',
    '/assets',
    '/',
    '',
  ])('has no answer for %j', async (pathname) => {
    expect(await bundle.serve(pathname, 'abc')).toBeUndefined();
  });
});
