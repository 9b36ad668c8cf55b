import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { libraryContract } from '#shared/contract/library.ts';
import { connect } from '#shared/rpc/connect.ts';
import { openLibrary } from '#library/start.ts';
import { nodePort } from '../../../shared/rpc/node-port.ts';
import { countingSamples } from './counting-samples.ts';

/*
 * A process to be killed: it records in the rhythm of a microphone, 50 ms at a time, marks its third second,
 * and prints how many samples it has handed over each time.
 */
const [folder = ''] = process.argv.slice(2);
const sampleRate = 48_000;
const block = sampleRate / 20;
const library = await openLibrary({
  projectFolder: join(folder, 'project'),
  modelFolder: '/models/stand-in',
  backupsFolder: join(folder, 'backups'),
  appVersion: '0',
  onBug: (bug) => {
    throw bug;
  },
});
const channel = new MessageChannel();
library.servePage(nodePort(channel.port1));
const page = connect(nodePort(channel.port2), libraryContract);
await page.call('record.start', { sampleRate, channels: 1, device: 'Test microphone' });

const began = performance.now();
for (let at = 0; ; at += block) {
  const due = began + (1000 * (at + block)) / sampleRate;
  await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  writeSync(1, `${at + block}\n`);
  void page.call('record.write', { at, samples: countingSamples(at, block) });
  if (at === sampleRate) await page.call('record.mark', { at, note: 'first second' });
}
