import { describe, expect, it } from 'vitest';
import { cacheDir } from '../../scripts/setup/paths.mjs';

describe('cacheDir', () => {
  it('is where each system keeps what can be fetched again', () => {
    expect(cacheDir('linux', {}, '/home/ada')).toBe('/home/ada/.cache/undertone');
    expect(cacheDir('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Caches/undertone');
    const env = { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' };
    expect(cacheDir('win32', env, 'C:\\Users\\ada')).toBe(
      'C:\\Users\\ada\\AppData\\Local\\undertone\\cache',
    );
    expect(cacheDir('win32', {}, 'C:\\Users\\ada')).toBe(
      'C:\\Users\\ada\\AppData\\Local\\undertone\\cache',
    );
  });

  it('follows XDG_CACHE_HOME, unless that is empty or relative', () => {
    expect(cacheDir('linux', { XDG_CACHE_HOME: '/fast/cache' }, '/home/ada')).toBe(
      '/fast/cache/undertone',
    );
    for (const XDG_CACHE_HOME of ['', 'cache']) {
      expect(cacheDir('linux', { XDG_CACHE_HOME }, '/home/ada')).toBe('/home/ada/.cache/undertone');
    }
  });
});
