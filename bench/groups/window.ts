import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { build } from '../../scripts/tasks/build.mjs';
import { hasDisplay } from '../../scripts/setup/display.mjs';
import { electron } from '../../scripts/setup/electron.mjs';
import { libraries } from '../../scripts/setup/libraries.mjs';
import { ensure } from '../../scripts/setup/steps.mjs';
import { compare } from '../figure.ts';
import type { Group } from './group.ts';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('../window/index.ts', import.meta.url));

const windowFigure = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.enum(['ms', 'frames']),
  target: z.number(),
});
export type WindowFigure = Readonly<z.infer<typeof windowFigure>>;

/** What somebody sees in the built application, in the real Electron: opening, searching, relabelling, scrolling, zooming. */
export const window: Group = async () => {
  await ensure([electron, libraries]);
  await build();
  const node = [process.execPath, '--import', loader, script];
  const display = hasDisplay() ? [] : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'];
  const [command = '', ...args] = [...display, ...node];
  const { stdout } = await promisify(execFile)(command, args);
  const figures = z.array(windowFigure).parse(JSON.parse(stdout));
  return {
    figures: figures.map(({ name, value, unit, target }) =>
      compare(name, unit, value, ['target', target]),
    ),
    notes: [
      'In the window the median of 21 counts, from the key or the letter to the painted frame, and of frames the 95th percentile: whatever else the machine does is in them. The processor time of the page itself is not changed by that.',
    ],
  };
};
