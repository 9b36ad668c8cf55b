import { parentPort } from 'node:worker_threads';
import { serve } from '#shared/rpc/serve.ts';
import { compare } from '../agreement/compare.ts';
import { readAnnotationFile } from '../exchange/read-file.ts';
import { threadContract } from './contract.ts';
import { portOfParent } from './port.ts';

if (parentPort === null) throw new Error('This is to be run as a thread.');

serve(
  portOfParent(parentPort),
  threadContract,
  {
    'annotations.read': ({ path }) => readAnnotationFile(path, { badRows: 'leave out' }),
    'agreement.compare': ({ recordings, settings, subject }) =>
      compare(recordings, settings, subject),
  },
  (error) => {
    process.stderr.write(`${String(error)}\n`);
  },
);
