import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import config from '../../.dependency-cruiser.mjs';

/** One planted violation a rule: file -> what it imports. The targets are planted as empty modules. */
const canaries: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  'shared-imports-only-zod': ['src/shared/a.ts', 'node:fs'],
  'shared-imports-no-layer': ['src/shared/b.ts', '../engine/target.ts'],
  'engine-imports-shared-only': ['src/engine/a.ts', '../library/target.ts'],
  'files-import-shared-only': ['src/files/a.ts', '../engine/target.ts'],
  'formats-import-shared-only': ['src/formats/a.ts', '../engine/target.ts'],
  'library-imports-shared-and-formats-only': ['src/library/a.ts', '../engine/target.ts'],
  'cli-imports-no-shell': ['src/cli/a.ts', '../main/target.ts'],
  'main-computes-nothing': ['src/main/a.ts', '../engine/target.ts'],
  'process-entries-import-their-own-side': [
    'src/main/processes/engine.ts',
    '../../renderer/target.ts',
  ],
  'preload-is-thin': ['src/preload/a.ts', '../main/target.ts'],
  'renderer-imports-shared-only': ['src/renderer/a.ts', '../engine/target.ts'],
  'renderer-without-node': ['src/renderer/b.ts', 'node:path'],
  'electron-only-in-the-shell': ['src/engine/b.ts', 'electron'],
  'sqlite-only-in-the-library': ['src/engine/c.ts', '@photostructure/sqlite'],
  'tensorflow-only-in-the-model': ['src/engine/d.ts', '@tensorflow/tfjs-node'],
  'feature-through-its-index': ['src/renderer/features/stage/a.ts', '../library/target.ts'],
  'nothing-imports-bench': ['src/cli/d.ts', '../../bench/target.ts'],
  'no-circles': ['src/cli/b.ts', './c.ts'],
  'no-development-packages': ['src/engine/e.ts', 'fast-check'],
};
const targets = ['engine', 'library', 'main', 'renderer', 'renderer/features/library'];

describe('the layer rules', () => {
  mkdirSync('.cache', { recursive: true });
  const folder = mkdtempSync(join('.cache', 'canaries-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('each fire on a planted violation', async () => {
    copyFileSync('package.json', join(folder, 'package.json'));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    for (const target of targets) plant(join(folder, 'src', target, 'target.ts'), '');
    for (const [file, imported] of Object.values(canaries)) {
      plant(join(folder, file), `import '${imported}';\n`);
    }
    plant(join(folder, 'bench/target.ts'), '');
    plant(join(folder, 'src/cli/c.ts'), `import './b.ts';\n`);

    const fired = new Set((await violations(folder)).map(({ rule }) => rule));

    expect(config.forbidden?.map(({ name }) => name).sort()).toEqual(Object.keys(canaries).sort());
    expect([...fired].sort()).toEqual(Object.keys(canaries).sort());
  });

  it('hold for the source as it is', async () => {
    expect(await violations('.')).toEqual([]);
  });
});

async function violations(baseDir: string): Promise<{ rule: string; from: string; to: string }[]> {
  const options = {
    ...config.options,
    baseDir,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
  };
  const { output } = await cruise(['src'], options as ICruiseOptions);
  return (output as ICruiseResult).summary.violations.map((violation) => ({
    rule: violation.rule.name,
    from: violation.from,
    to: violation.to,
  }));
}

function plant(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
