import { hasDisplay, isRoot } from '../setup/display.mjs';
import { electron, electronRuntime } from '../setup/electron.mjs';
import { engine } from '../setup/engine.mjs';
import { libraries } from '../setup/libraries.mjs';
import { packages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { SetupError } from '../setup/report.mjs';
import { passThrough } from '../setup/run.mjs';
import { sandboxSwitches } from '../setup/sandbox.mjs';
import { ensure } from '../setup/steps.mjs';
import { build } from './build.mjs';

/**
 * `npm start`: the app.
 *
 * @param {readonly string[]} args handed to the app
 */
export async function run(args) {
  // Without a display there is nothing to show; root gets the virtual one installed all the same.
  await ensure([packages, engine, electron, ...(hasDisplay() || isRoot() ? [libraries] : [])]);
  if (!hasDisplay()) {
    throw new SetupError(
      [
        'There is no display here, so no window can be opened.',
        'Without one:               npm run --silent undertone -- analyze FILE',
        'With a virtual one (xvfb): xvfb-run -a npm start',
      ].join('\n'),
    );
  }
  await build();
  const { path } = await electronRuntime();
  // Electron before 38 looks for X11 only, unless told.
  const wayland = process.env['WAYLAND_DISPLAY'] ? ['--ozone-platform-hint=auto'] : [];
  return passThrough(path, [...(await sandboxSwitches(path)), ...wayland, root, ...args]);
}
