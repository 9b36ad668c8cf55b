import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';

/**
 * Globals that an environment must not offer: using one there is a compile error. (The preload is not
 * listed: Electron's own types bring Node's globals with them.)
 */
const strangers: Readonly<Record<string, readonly string[]>> = {
  shared: ['document', 'process', 'setTimeout', 'console'],
  node: ['document', 'window', 'localStorage'],
  renderer: ['process', 'Buffer'],
};
/** What it does offer, so that a setting that offers nothing at all does not pass. */
const natives: Readonly<Record<string, readonly string[]>> = {
  shared: ['Float32Array', 'Map'],
  node: ['process', 'setTimeout'],
  renderer: ['document', 'window'],
};

describe.each(Object.keys(strangers))('the compiler settings of %s', (environment) => {
  mkdirSync('.cache', { recursive: true });
  const folder = mkdtempSync(join('.cache', 'globals-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('know their own globals and refuse the others', () => {
    const refused = strangers[environment] ?? [];
    expect(unknownIn(environment, folder, [...refused, ...(natives[environment] ?? [])])).toEqual(
      refused,
    );
  });
});

/** Which of the names the compiler does not know, under the settings of one environment. */
function unknownIn(environment: string, folder: string, names: readonly string[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    resolve(`tsconfig.${environment}.json`),
    { incremental: false, composite: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  );
  if (!config) throw new Error(`tsconfig.${environment}.json cannot be read`);
  const files = names.map((name) => {
    const file = join(folder, `${environment}-${name}.ts`);
    writeFileSync(file, `export const used: unknown = ${name};\n`);
    return file;
  });
  // Beside everything that belongs there: a package's types may bring globals in by the back door.
  const program = ts.createProgram([...files, ...config.fileNames], config.options);
  return files.flatMap((file, index) => {
    const errors = program.getSemanticDiagnostics(program.getSourceFile(file));
    return errors.length > 0 ? [names[index] ?? ''] : [];
  });
}

function fail(diagnostic: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}
