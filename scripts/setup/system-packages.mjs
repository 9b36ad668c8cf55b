import { exists } from './cache.mjs';
import { SetupError } from './report.mjs';
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
  const list = packages.join(' ');
  if (process.platform !== 'linux' || !(await exists('/etc/debian_version'))) {
    throw new SetupError(
      `Your system lacks what Debian calls ${list}. Install it with your system's package manager and try again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `Your system lacks ${list}. Run\n  sudo apt-get install --no-install-recommends ${list}\nand try again.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
      env,
      timeout: 15 * minute,
    });
  // The package lists of a fresh container are empty or old: then the first try fails at once.
  if ((await install()).status === 0) return;
  await run('apt-get', ['update', '-q'], { env, timeout: 5 * minute });
  const { status, output } = await install();
  if (status !== 0) {
    throw new SetupError(
      `apt-get could not install ${list}. Run\n  apt-get update && apt-get install --no-install-recommends ${list}\nand see what it says.`,
      output,
    );
  }
}
