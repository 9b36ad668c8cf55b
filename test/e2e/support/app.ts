import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, errors, type ElectronApplication, type Page } from 'playwright-core';
import { electronRuntime } from '../../../scripts/setup/electron.mjs';
import { sandboxSwitches } from '../../../scripts/setup/sandbox.mjs';

const root = path.resolve(import.meta.dirname, '../../..');

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Errors of the page's console and violations of its security policy, up to now. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface LaunchOptions {
  /** The folder of the user's data, the project within; a new one that goes with the application otherwise. */
  readonly userFolder?: string;
  /** Further switches of Chromium's. */
  readonly switches?: readonly string[];
  /** Nothing in the environment says where the project is, as when a person starts it. */
  readonly byHand?: boolean;
}

interface LaunchCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}

/** How the built application is started in the Electron that set-up found. */
export async function launchCommand(options: Required<LaunchOptions>): Promise<LaunchCommand> {
  const { userFolder, switches, byHand } = options;
  const project = byHand ? undefined : path.join(userFolder, 'project');
  const { path: command } = await electronRuntime();
  if (!existsSync(path.join(root, 'out/main/index.js'))) {
    throw new Error('The application is not built: run `npm test`, which builds it first.');
  }
  return {
    command,
    args: [root, `--user-data-dir=${userFolder}`, ...switches, ...(await sandboxSwitches(command))],
    env: definedOnly({ ...process.env, UNDERTONE_PROJECT: project }),
  };
}

/** Starts the application with a project of its own, and waits until its page is drawn. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const { userFolder = await temporaryFolder(), switches = [], byHand = false } = options;
  const { command, args, env } = await launchCommand({ userFolder, switches, byHand });
  const launch = () =>
    _electron.launch({ executablePath: command, args: [...args], env, timeout: 20_000 });
  // Now and then the driver waits for ever for an application that has long shown its window; it ends it then.
  const app = await launch().catch((error: unknown) => {
    if (error instanceof errors.TimeoutError) return launch();
    throw error;
  });
  const complaints = listen(app);
  const page = await app.firstWindow();
  await page.locator('#app > *').first().waitFor({ state: 'attached' });
  return {
    app,
    page,
    complaints,
    close: async () => {
      await app.close();
      if (options.userFolder === undefined) await removeFolder(userFolder);
    },
  };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'undertone-e2e-'));
}

/** Removes the folder of an application that was closed; its last helper process may still be writing there. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 });
}

/** Keeps a picture of the page in `test-results`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(root, 'test-results', `${name}.png`) });
}

declare global {
  /** Where the last dialog for saving proposed to save; in the main process of the tested application. */
  var lastProposal: string | undefined;
}

/** Lets the system's dialogs answer by themselves, as if the person had chosen this. */
export async function answerDialogs(
  app: ElectronApplication,
  answers: { readonly open?: readonly string[]; readonly save?: string },
): Promise<void> {
  await app.evaluate(({ dialog }, { open = [], save = '' }) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: open.length === 0, filePaths: [...open] });
    dialog.showSaveDialog = (...args: readonly unknown[]) => {
      globalThis.lastProposal = (args.at(-1) as { defaultPath?: string }).defaultPath;
      return Promise.resolve({ canceled: save === '', filePath: save });
    };
  }, answers);
}

/** Drops real files or folders on the middle of what the selector finds, as a file manager would. */
export async function dropFiles(
  page: Page,
  selector: string,
  files: readonly string[],
): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`There is no ${selector} to drop on.`);
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}

function listen(app: ElectronApplication): readonly string[] {
  const complaints: string[] = [];
  app.context().on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  app.context().on('weberror', (failure) => complaints.push(String(failure.error())));
  return complaints;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
