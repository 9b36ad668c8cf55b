import { availableParallelism } from 'node:os';
import path from 'node:path';
import { packages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { duration, say } from '../setup/report.mjs';
import { run as runProgram } from '../setup/run.mjs';
import { ensure } from '../setup/steps.mjs';

/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} program below node_modules
 * @property {readonly string[]} args
 */

/** @type {readonly Tool[]} the slowest first */
const tools = [
  {
    name: 'lint',
    program: 'eslint/bin/eslint.js',
    // What types in other files say of one that has not changed is seen on a fresh clone, which has no cache.
    args: [
      '--max-warnings=0',
      '--cache',
      '--cache-strategy=content',
      '--cache-location=.cache/eslint',
      '.',
    ],
  },
  types('renderer', 'vue-tsc/bin/vue-tsc.js'),
  types('test', 'vue-tsc/bin/vue-tsc.js'),
  types('node'),
  types('shared'),
  types('preload'),
  types('scripts'),
  {
    name: 'layers',
    program: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['src', 'bench'],
  },
  { name: 'dead code', program: 'knip/bin/knip.js', args: [] },
  {
    name: 'formatting',
    program: 'prettier/bin/prettier.cjs',
    args: [
      '--check',
      '--cache',
      '--cache-strategy=content',
      '--cache-location=.cache/prettier',
      '--log-level=warn',
      '.',
    ],
  },
];

/**
 * @param {string} environment
 * @param {string} [program]
 * @returns {Tool}
 */
function types(environment, program = 'typescript/bin/tsc') {
  const args = ['-p', `tsconfig.${environment}.json`];
  return { name: `types: ${environment}`, program, args };
}

/** `npm run check`: is it good? One word on stdout. */
export async function run() {
  await ensure([packages]);
  const good = await check();
  process.stdout.write(good ? 'good\n' : 'not good\n');
  return good ? 0 : 1;
}

/** @returns {Promise<boolean>} whether every tool is content; what the others say is on stderr */
export async function check() {
  const queue = tools.values();
  /** @type {boolean[]} */
  const verdicts = [];
  const worker = async () => {
    for (const tool of queue) verdicts.push(await judge(tool));
  };
  // More than a few compilers at once need more memory than they save time.
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return verdicts.every(Boolean);
}

/**
 * @param {Tool} tool
 * @returns {Promise<boolean>}
 */
async function judge({ name, program, args }) {
  const started = performance.now();
  const file = path.join(root, 'node_modules', program);
  const ask = () => runProgram(process.execPath, [file, ...args], { cwd: root });
  const first = await ask();
  // A tool that the system ended has found nothing: on a machine short of memory that happens, and says nothing of us.
  if (first.status === -1) say(`check ${name}: ended by the system, asked once more`);
  const { status, output } = first.status === -1 ? await ask() : first;
  const time = duration(performance.now() - started);
  say(
    status === 0
      ? `check ${name}: ${time}`
      : `check ${name}: not good, ${time}\n${output.trim()}\n`,
  );
  return status === 0;
}
