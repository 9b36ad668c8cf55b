import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * The library trusts the sizes that a file says: a damaged one can keep it in a circle, or fill all memory.
 * So it runs where it can be stopped: a thread with little memory, and as long as such a file may take.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
(async () => {
  const { parquetMetadata, parquetReadObjects } = await import(workerData.library);
  const metadata = parquetMetadata(workerData.file);
  const columns = metadata.schema.slice(1).map(({ name }) => name);
  const rows = Number(metadata.num_rows) > workerData.maxRows ? [] : await parquetReadObjects({ file: workerData.file, metadata });
  return { count: Number(metadata.num_rows), columns, rows };
})().then(
  (value) => parentPort.postMessage({ kind: 'read', value }),
  (error) => parentPort.postMessage({ kind: 'failed', message: String(error && error.message) }),
);`;

export interface ParquetRows {
  /** How many the file says to have; where that is more than asked for, `rows` is empty. */
  readonly count: number;
  readonly columns: readonly string[];
  readonly rows: readonly object[];
}

type Answer =
  | { readonly kind: 'read'; readonly value: ParquetRows }
  | { readonly kind: 'failed'; readonly message: string };

const maxMegabytes = 512;
const milliseconds = 5000;
const millisecondsPerMegabyte = 1000;

/** @returns the rows, or null where it is no Parquet file that can be read */
export async function readParquetRows(
  bytes: Uint8Array,
  maxRows: number,
): Promise<ParquetRows | null> {
  const library = pathToFileURL(createRequire(import.meta.url).resolve('hyparquet')).href;
  const file = new Uint8Array(bytes).buffer;
  const worker = new Worker(program, {
    eval: true,
    execArgv: [],
    workerData: { library, file, maxRows },
    transferList: [file],
    resourceLimits: { maxOldGenerationSizeMb: maxMegabytes },
  });
  const limit = milliseconds + (millisecondsPerMegabyte * bytes.length) / 2 ** 20;
  const answer = await new Promise<Answer>((resolve) => {
    const fail = (message: string): void => {
      resolve({ kind: 'failed', message });
    };
    const timer = setTimeout(fail, limit, 'it takes too long');
    worker.once('message', (message: Answer) => {
      resolve(message);
    });
    worker.once('error', (error) => {
      fail(error.message);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      fail('the thread ended');
    });
  });
  await worker.terminate();
  return answer.kind === 'read' ? answer.value : null;
}
