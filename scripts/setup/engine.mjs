import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exists } from './cache.mjs';
import { buildOnWheel } from './native-wheel.mjs';
import { root } from './paths.mjs';
import { reasonOf, say, SetupError, step } from './report.mjs';
import { run } from './run.mjs';
import { readState, writeState } from './state.mjs';

const packageDir = path.join(root, 'node_modules/@tensorflow/tfjs-node');
const addon = path.join(packageDir, 'lib/napi-v8/tfjs_binding.node');
const probeProgram = fileURLToPath(new URL('probe-native.mjs', import.meta.url));
const minute = 60_000;

/**
 * What became of the engine, in node_modules/.undertone/engine.json. `built` marks the very build that was tried.
 *
 * @typedef {{ readonly engine: 'native', readonly tensorflow: string, readonly built: number }
 *   | { readonly engine: 'portable', readonly reason: string }} EngineState
 */

/**
 * Native TensorFlow. Where it cannot be had, that is said once and written down for `doctor`; the portable engine
 * needs nothing. UNDERTONE_ENGINE=portable leaves the step out, =native tries again and insists.
 *
 * @type {import('./steps.mjs').Step}
 */
export const engine = {
  async isDone() {
    const asked = process.env['UNDERTONE_ENGINE'];
    if (asked === 'portable') return true;
    const state = await engineState();
    if (state?.engine === 'native') return state.built === (await builtAt());
    return state?.engine === 'portable' && asked !== 'native';
  },

  async work() {
    try {
      const tensorflow = await install();
      await writeState('engine', { engine: 'native', tensorflow, built: await builtAt() });
    } catch (error) {
      if (process.env['UNDERTONE_ENGINE'] === 'native') throw error;
      const reason = reasonOf(error);
      await writeState('engine', { engine: 'portable', reason });
      say(`  ${reason}`);
      say('  The portable engine is used instead: the same answers, more slowly.');
      say('  To try again and see all messages, set UNDERTONE_ENGINE=native.');
    }
  },
};

/** @returns {Promise<EngineState | undefined>} */
export function engineState() {
  return readState('engine');
}

/** @returns {Promise<number>} 0 without an addon */
async function builtAt() {
  return (await exists(addon)) ? Math.round((await stat(addon)).mtimeMs) : 0;
}

/** @returns {Promise<string>} TensorFlow's version */
async function install() {
  const present = await probeNative();
  if (present.loads) return present.tensorflow;
  const official = await step("Native engine: tfjs-node's own download", installOfficial, outcome);
  if (official.loads) return official.tensorflow;
  try {
    await buildOnWheel(packageDir);
    const built = await step('Native engine: load it', probeNative, outcome);
    if (built.loads) return built.tensorflow;
    throw new SetupError('TensorFlow was built but does not load on this machine.', built.output);
  } catch (error) {
    await clean();
    throw error;
  }
}

/**
 * @typedef {{ readonly loads: true, readonly tensorflow: string }
 *   | { readonly loads: false, readonly output: string }} Probe
 */

/**
 * Tries the addon in a process of its own: a library that does not fit can end the process that loads it.
 *
 * @returns {Promise<Probe>}
 */
async function probeNative() {
  if (!(await exists(addon))) return { loads: false, output: 'there is no addon' };
  const { status, stdout, output } = await run(process.execPath, [probeProgram], {
    timeout: minute,
  });
  if (status !== 0) return { loads: false, output };
  return { loads: true, tensorflow: JSON.parse(stdout).tensorflow };
}

/** @param {Probe} probe */
function outcome(probe) {
  return probe.loads ? `TensorFlow ${probe.tensorflow}` : 'not to be had';
}

/**
 * tfjs-node's own installation downloads library and addon. It rewrites its package.json on the way and leaves it
 * so when it fails.
 *
 * @returns {Promise<Probe>}
 */
async function installOfficial() {
  const manifest = path.join(packageDir, 'package.json');
  const before = await readFile(manifest);
  await clean();
  const bin = path.join(root, 'node_modules/.bin');
  await run(process.execPath, ['scripts/install.js'], {
    cwd: packageDir,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` },
    timeout: 5 * minute,
  });
  await writeFile(manifest, before);
  const result = await probeNative();
  if (!result.loads) await clean();
  return result;
}

/** Removes whatever an attempt left. */
async function clean() {
  for (const folder of ['deps', 'lib', 'build']) {
    await rm(path.join(packageDir, folder), { recursive: true, force: true });
  }
}
