// The app inside the fallback Electron runtime: starts the folder named on the command line, as the stock runtime
// does. The import is awaited at top level: `ready` must not fire before the started app has registered its schemes.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/**
 * Two methods that Electron's own start-up uses and does not document.
 *
 * @typedef {object} StartUp
 * @property {(version: string) => void} setVersion
 * @property {(folder: string) => void} setAppPath
 */
const startUp = /** @type {Electron.App & StartUp} */ (app);

const folder = path.resolve(
  process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.',
);
const { name, productName, version, main } = JSON.parse(
  readFileSync(path.join(folder, 'package.json'), 'utf8'),
);
startUp.setName(productName ?? name);
startUp.setVersion(version);
startUp.setAppPath(folder);
await import(pathToFileURL(path.join(folder, main)).href);
