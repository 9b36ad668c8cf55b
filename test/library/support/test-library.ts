import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach } from 'vitest';
import { libraryContract, libraryHostContract } from '#shared/contract/library.ts';
import type { Recording } from '#shared/domain/recording.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import { openLibrary, type Library } from '#library/start.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';
import { startStandInEngine, type StandInEngine } from './stand-in-engine.ts';

/** An open library with a page and a main process connected to it through real ports. */
export interface TestLibrary {
  readonly library: Library;
  readonly page: Client<typeof libraryContract>;
  readonly host: Client<typeof libraryHostContract>;
  readonly bugs: readonly unknown[];
  /** Every recording that the page was told of, in order. */
  readonly told: readonly Recording[];
  /** Has the main process register paths, as after a file dialog. */
  readonly grant: (...paths: readonly string[]) => Promise<readonly string[]>;
  readonly importPaths: (...paths: readonly string[]) => Promise<readonly number[]>;
  readonly setEngine: (engine: StandInEngine) => void;
  /** Resolves once a recording, as the page was last told of it, is so. */
  readonly until: (id: number, is: (recording: Recording) => boolean) => Promise<Recording>;
  readonly untilKind: (id: number, kind: Recording['status']['kind']) => Promise<Recording>;
}

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A folder of its own for a test, deleted after it. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'undertone-library-'));
  cleanUps.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Files whose content is their name (or what is given), so that each is another recording. */
export function makeFiles(
  folder: string,
  contents: Readonly<Record<string, string>>,
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content.padEnd(3000, content || ' '));
    return path;
  });
}

/** @param options `modelFolder` where a real engine looks into it */
export async function openTestLibrary(
  projectFolder: string,
  { modelFolder = '/models/stand-in' } = {},
): Promise<TestLibrary> {
  const bugs: unknown[] = [];
  const library = await openLibrary({
    projectFolder,
    modelFolder,
    backupsFolder: join(dirname(projectFolder), 'backups'),
    appVersion: '1.2.3',
    onBug: (bug) => bugs.push(bug),
  });
  const pageChannel = new MessageChannel();
  const hostChannel = new MessageChannel();
  library.servePage(nodePort(pageChannel.port1));
  library.serveHost(nodePort(hostChannel.port1));
  const page = connect(nodePort(pageChannel.port2), libraryContract);
  const host = connect(nodePort(hostChannel.port2), libraryHostContract);
  const told: Recording[] = [];
  page.on('recordings.changed', (recordings) => told.push(...recordings));
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    page.close();
    host.close();
    await library.close();
  };
  cleanUps.push(close);

  const grant: TestLibrary['grant'] = (...paths) =>
    Promise.all(
      paths.map(async (path) => {
        const token = randomUUID();
        await host.call('grants.add', { grant: token, path });
        return token;
      }),
    );
  const until: TestLibrary['until'] = (id, is) =>
    new Promise((resolve, reject) => {
      const settled = (recording: Recording): boolean => recording.id === id && is(recording);
      const stop = page.on('recordings.changed', (recordings) => {
        const recording = recordings.find(settled);
        if (!recording) return;
        stop();
        resolve(recording);
      });
      void page.call('recordings.list', {}).then((recordings) => {
        const recording = recordings.find(settled);
        if (recording) resolve(recording);
      }, reject);
    });
  return {
    library: { ...library, close },
    page,
    host,
    bugs,
    told,
    grant,
    importPaths: async (...paths) => {
      const { added } = await page.call('recordings.import', { grants: await grant(...paths) });
      return added;
    },
    setEngine: (engine) => {
      cleanUps.push(engine.client.close);
      library.setEngine(engine.client);
    },
    until,
    untilKind: (id, kind) => until(id, ({ status }) => status.kind === kind),
  };
}

/** A library with an engine, on a project folder of its own. */
export async function openReadyLibrary(): Promise<
  TestLibrary & { readonly engine: StandInEngine; readonly folder: string }
> {
  const folder = makeFolder();
  const library = await openTestLibrary(join(folder, 'project'));
  const engine = startStandInEngine();
  library.setEngine(engine);
  return { ...library, engine, folder };
}
