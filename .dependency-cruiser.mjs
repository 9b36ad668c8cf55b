/**
 * Who may import whom (docs/ARCHITECTURE.md). `test/architecture/layers.test.ts` plants one violation a
 * rule and expects it to fire, so a rule that has gone blind fails the tests.
 */
const packages = (names) => `node_modules/(${names.join('|')})(/|$)`;
const npmOrCore = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-no-pkg',
  'npm-unknown',
  'core',
];

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    never(
      'shared-imports-only-zod',
      'shared runs anywhere: no Node, no packages but zod',
      { path: '^src/shared/' },
      { dependencyTypes: npmOrCore, pathNot: packages(['zod']) },
    ),
    never(
      'shared-imports-no-layer',
      'shared is the lowest layer',
      { path: '^src/shared/' },
      { path: '^src/', pathNot: '^src/shared/' },
    ),
    never(
      'engine-imports-shared-only',
      'the engine knows neither library nor shells',
      { path: '^src/engine/' },
      { path: '^src/', pathNot: '^src/(engine|files|shared)/' },
    ),
    never(
      'files-import-shared-only',
      'writing durably is the same for everybody and knows nobody',
      { path: '^src/files/' },
      { path: '^src/', pathNot: '^src/(files|shared)/' },
    ),
    never(
      'formats-import-shared-only',
      'an exchange format is text in, text out',
      { path: '^src/formats/' },
      { path: '^src/', pathNot: '^src/(formats|shared)/' },
    ),
    never(
      'library-imports-shared-and-formats-only',
      'the library computes nothing and knows the engine only through the contract',
      { path: '^src/library/' },
      { path: '^src/', pathNot: '^src/(library|formats|files|shared)/' },
    ),
    never(
      'cli-imports-no-shell',
      'the command line runs without Electron',
      { path: '^src/cli/' },
      { path: '^src/', pathNot: '^src/(cli|engine|library|formats|files|shared)/' },
    ),
    never(
      'main-computes-nothing',
      'only the two process entries of main import engine and library',
      { path: '^src/main/', pathNot: '^src/main/processes/(engine|library)\\.ts$' },
      { path: '^src/', pathNot: '^src/(main|files|shared)/' },
    ),
    never(
      'process-entries-import-their-own-side',
      'an entry starts its side and imports nothing of the page or the command line',
      { path: '^src/main/processes/' },
      { path: '^src/(renderer|preload|cli|formats)/' },
    ),
    never(
      'preload-is-thin',
      'preload hands over ports and dropped files; nothing else',
      { path: '^src/preload/' },
      { path: '^src/', pathNot: '^src/(preload|shared)/' },
    ),
    never(
      'renderer-imports-shared-only',
      'the page reaches everything else through the contract',
      { path: '^src/renderer/' },
      { path: '^src/', pathNot: '^src/(renderer|shared)/' },
    ),
    never(
      'renderer-without-node',
      'the page is sandboxed: no Node built-ins, no Electron',
      { path: '^src/renderer/' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'electron-only-in-the-shell',
      'engine, library, formats, command line and page run without Electron',
      { path: '^src/', pathNot: '^src/(main|preload)/' },
      { path: packages(['electron']) },
    ),
    never(
      'sqlite-only-in-the-library',
      'one writer, one SQLite build',
      { path: '^src/', pathNot: '^src/library/database/' },
      { path: packages(['@photostructure/sqlite']) },
    ),
    never(
      'tensorflow-only-in-the-model',
      'src/engine/model is the only door to TensorFlow.js',
      { path: '^src/', pathNot: '^src/engine/model/' },
      { path: packages(['@tensorflow']) },
    ),
    never(
      'feature-through-its-index',
      'a feature of the page imports another feature only through its index.ts',
      { path: '^src/renderer/features/([^/]+)/' },
      {
        path: '^src/renderer/features/',
        pathNot: ['^src/renderer/features/$1/', '^src/renderer/features/[^/]+/index\\.ts$'],
      },
    ),
    never(
      'nothing-imports-bench',
      'what measures is not part of what is measured',
      { path: '^src/' },
      { path: '^(bench|test)/' },
    ),
    never('no-circles', 'a circle has no first floor', {}, { circular: true }),
    never(
      'no-development-packages',
      'what ships must be in dependencies',
      { path: '^src/', pathNot: '^src/(renderer|main|preload)/' },
      { dependencyTypes: ['npm-dev'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
