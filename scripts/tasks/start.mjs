import { hasDisplay, isRoot } from '../setup/display.mjs';
import { electron, electronRuntime } from '../setup/electron.mjs';
import { engine } from '../setup/engine.mjs';
import { libraries } from '../setup/libraries.mjs';
import { packages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { say, SetupError } from '../setup/report.mjs';
import { passThrough } from '../setup/run.mjs';
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
  return passThrough(path, [...switches(), root, ...args]);
}

/** @returns {readonly string[]} Chromium's */
function switches() {
  /** @type {string[]} */
  const list = [];
  if (isRoot() && process.platform === 'linux') {
    say("You are root, and Chromium's sandbox does not work for root: starting with --no-sandbox.");
    list.push('--no-sandbox');
  }
  if (!process.env['DISPLAY'] && process.env['WAYLAND_DISPLAY']) {
    list.push('--ozone-platform=wayland');
  }
  return list;
}
