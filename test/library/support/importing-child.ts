import { randomUUID } from 'node:crypto';
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { libraryContract, libraryHostContract } from '#shared/contract/library.ts';
import { connect } from '#shared/rpc/connect.ts';
import { openLibrary } from '#library/start.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';
import { startStandInEngine } from './stand-in-engine.ts';

/*
 * A process to be killed: it imports one new file after the other into a project, while earlier ones are
 * analysed, and prints the path of each once its import has been acknowledged.
 */
const [folder = '', round = ''] = process.argv.slice(2);
const library = await openLibrary({
  projectFolder: join(folder, 'project'),
  modelFolder: '/models/stand-in',
  backupsFolder: join(folder, 'backups'),
  appVersion: '0',
  onBug: (bug) => {
    throw bug;
  },
});
library.setEngine(startStandInEngine().client);
const pageChannel = new MessageChannel();
const hostChannel = new MessageChannel();
library.servePage(nodePort(pageChannel.port1));
library.serveHost(nodePort(hostChannel.port1));
const page = connect(nodePort(pageChannel.port2), libraryContract);
const host = connect(nodePort(hostChannel.port2), libraryHostContract);

for (let count = 0; ; count++) {
  const path = join(folder, `round-${round}-${count}.mp3`);
  writeFileSync(path, `${path} `.repeat(20));
  const grant = randomUUID();
  await host.call('grants.add', { grant, path });
  await page.call('recordings.import', { grants: [grant] });
  writeSync(1, `${path}\n`);
}
