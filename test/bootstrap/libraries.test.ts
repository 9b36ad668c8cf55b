import { expect, it } from 'vitest';
import { notFound } from '../../scripts/setup/libraries.mjs';

it('reads from ldd which libraries are missing', () => {
  const output = [
    '\tlinux-vdso.so.1 (0x00007ffd5a9f2000)',
    '\tlibgtk-3.so.0 => not found',
    '\tlibffmpeg.so => /opt/electron/libffmpeg.so (0x00007f1f2d200000)',
    '\tlibnss3.so => not found',
    '\t/lib64/ld-linux-x86-64.so.2 (0x00007f1f38a6f000)',
  ].join('\n');
  expect(notFound(output)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
  expect(notFound('\tstatically linked\n')).toEqual([]);
});
