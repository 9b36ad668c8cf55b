import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createEngine } from '#engine/start.ts';
import { openLibrary } from '#library/start.ts';
import { engineContract } from '#shared/contract/engine.ts';
import { libraryContract } from '#shared/contract/library.ts';
import { connect } from '#shared/rpc/connect.ts';
import { untilModels } from '../../library/support/until-models.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';

/*
 * A process to be killed: it retrains the model of a project with the real engine, over and over, and keeps one
 * version and discards the next. It prints `begins` before each retraining, and `kept <id>` or `discarded <id>` once
 * that has been acknowledged. It runs as a bundle, with that of the decoding thread beside it.
 */
const [projectFolder = '', modelFolder = ''] = process.argv.slice(2);

function fail(bug: unknown): never {
  throw bug;
}

const library = await openLibrary({
  projectFolder,
  modelFolder,
  backupsFolder: join(dirname(projectFolder), 'backups'),
  appVersion: '0',
  onBug: fail,
});
const engineChannel = new MessageChannel();
const pageChannel = new MessageChannel();
createEngine(fail, new URL('./decoder.js', import.meta.url)).serve(nodePort(engineChannel.port1));
library.setEngine(connect(nodePort(engineChannel.port2), engineContract));
library.servePage(nodePort(pageChannel.port1));
const page = connect(nodePort(pageChannel.port2), libraryContract);

for (let count = 0; ; count += 1) {
  const { versions } = await page.call('models.state', {});
  let offer = versions.find(({ kept }) => !kept);
  if (!offer) {
    writeSync(1, 'begins\n');
    await page.call('models.retrain', { labels: null, withheldToo: false });
    const state = await untilModels({ page }, ({ retraining }) => retraining.kind !== 'running');
    if (state.retraining.kind === 'failed') throw new Error(state.retraining.error.message);
    offer = state.versions.find(({ kept }) => !kept);
  }
  const { id = '' } = offer ?? {};
  if (count % 2 === 0) await page.call('models.keep', { id });
  else await page.call('models.discard', { id });
  writeSync(1, `${count % 2 === 0 ? 'kept' : 'discarded'} ${id}\n`);
}
