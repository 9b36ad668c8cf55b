import { exists } from './cache.mjs';
import { isRoot } from './display.mjs';
import { SetupError, step } from './report.mjs';
import { isOnPath, run } from './run.mjs';

const minute = 60_000;

/**
 * Makes sure that programs are on the PATH, installing Debian packages for those that are not.
 *
 * @param {Readonly<Record<string, string>>} tools program -> Debian package
 */
export async function requireTools(tools) {
  const found = await Promise.all(Object.keys(tools).map(isOnPath));
  const missing = Object.values(tools).filter((_, index) => found[index] === false);
  if (missing.length > 0) await installDebian(missing);
}

/**
 * Installs Debian packages as root; otherwise fails with the command that would.
 *
 * @param {readonly string[]} packages
 */
export async function installDebian(packages) {
  if (process.platform !== 'linux' || !(await exists('/etc/debian_version'))) {
    throw new SetupError(
      `Your system lacks what Debian calls ${packages.join(' ')}. Install it with your package manager and try again.`,
    );
  }
  if (!isRoot()) {
    const names = await currentNames(packages);
    throw new SetupError(
      `Your system lacks ${names.join(' ')}. Run\n  sudo apt-get install --no-install-recommends ${names.join(' ')}\nand try again.`,
    );
  }
  await step(`System packages: apt-get install ${packages.join(' ')}`, () =>
    installAsRoot(packages),
  );
}

/** @param {readonly string[]} packages */
async function installAsRoot(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = async () => {
    const names = await currentNames(packages);
    const args = ['install', '-y', '-q', '--no-install-recommends', ...names];
    return run('apt-get', args, { env, timeout: 15 * minute });
  };
  // The package lists of a fresh container are empty or old: then the first try fails at once.
  if ((await install()).status === 0) return;
  await run('apt-get', ['update', '-q'], { env, timeout: 5 * minute });
  const { status, output } = await install();
  if (status !== 0) {
    throw new SetupError(
      `apt-get could not install ${packages.join(' ')}; see above. Install them by hand and try again.`,
      output,
    );
  }
}

/**
 * Debian 13 and Ubuntu 24.04 gave some libraries a new name for their 64-bit time.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<readonly string[]>}
 */
async function currentNames(packages) {
  return Promise.all(
    packages.map(async (name) => {
      const { stdout } = await run('apt-cache', ['show', `${name}t64`]);
      return stdout.includes('Package:') ? `${name}t64` : name;
    }),
  );
}
