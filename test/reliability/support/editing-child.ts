import { randomUUID } from 'node:crypto';
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { UndertoneError } from '#shared/contract/errors.ts';
import { libraryContract, libraryHostContract } from '#shared/contract/library.ts';
import { connect } from '#shared/rpc/connect.ts';
import { connectDatabase } from '#library/database/connection.ts';
import { openLibrary } from '#library/start.ts';
import { fingerprint } from '../../library/support/dump.ts';
import { startStandInEngine } from '../../library/support/stand-in-engine.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';
import { annotator, chooseAct } from './acts.ts';

/*
 * A process to be killed: it imports recordings, has them analysed, corrects their segments, and undoes and
 * redoes, as fast as it can. Once something has been acknowledged it prints `imported <path>`, or
 * `edited <fingerprint of the project>` as another connection sees it then; what the disk did not take is
 * `failed <fingerprint> <message>`.
 */
const [folder = '', round = ''] = process.argv.slice(2);
const library = await openLibrary({
  projectFolder: join(folder, 'project'),
  modelFolder: '/models/stand-in',
  backupsFolder: join(folder, 'backups'),
  appVersion: '0',
  onBug: (bug) => {
    // A backup that the disk did not take is no bug.
    if (!(bug instanceof UndertoneError)) throw bug;
  },
});
library.setEngine(startStandInEngine().client);
const pageChannel = new MessageChannel();
const hostChannel = new MessageChannel();
library.servePage(nodePort(pageChannel.port1));
library.serveHost(nodePort(hostChannel.port1));
const page = connect(nodePort(pageChannel.port2), libraryContract);
const host = connect(nodePort(hostChannel.port2), libraryHostContract);
const database = connectDatabase(join(folder, 'project', 'project.sqlite'), { readOnly: true });

async function importOne(count: number): Promise<void> {
  const path = join(folder, `round-${round}-${count}.mp3`);
  writeFileSync(path, `${path} `.repeat(100));
  const grant = randomUUID();
  await host.call('grants.add', { grant, path });
  await page.call('recordings.import', { grants: [grant] });
  writeSync(1, `imported ${path}\n`);
}

/** One act on the newest recording that can be worked on. @returns whether there is one */
async function edit(count: number): Promise<boolean> {
  const ready = (await page.call('recordings.list', {})).filter(
    ({ status }) => status.kind === 'ready',
  );
  const recordingId = ready.at(-1)?.id;
  if (recordingId === undefined) return false;
  const segments = await page.call('segments.list', { recordingId });
  const own = segments.filter(({ tier }) => tier === annotator).map(({ id }) => id);
  const act = chooseAct(count, own);
  await page.call('segments.act', { recordingId, act });
  return true;
}

/** @returns whether there was anything to do */
async function takeStep(count: number): Promise<boolean> {
  if (count % 15 === 0) await importOne(count);
  if (count % 5 === 3) await page.call('history.undo', {});
  else if (count % 10 === 4) await page.call('history.redo', {});
  else return edit(count);
  return true;
}

for (let count = 0; ; count++) {
  try {
    if (await takeStep(count)) writeSync(1, `edited ${fingerprint(database)}\n`);
  } catch (error) {
    const { code, message } = error as UndertoneError;
    if (code === 'edit-refused') continue;
    if (code !== 'disk-error') throw error;
    writeSync(1, `failed ${fingerprint(database)} ${message}\n`);
  }
}
