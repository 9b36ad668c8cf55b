import { DuckDBInstance } from '@duckdb/node-api';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { emodbClips } from '../../support/emodb.ts';
import { growRecordingTree } from '../../support/recording-tree.ts';
import { runCli } from '../run-cli.ts';

const shards = 3;
const size = { recordings: 18, broken: 1 };
const folder = mkdtempSync(join(tmpdir(), 'shards '));
const recordings = join(folder, 'recordings');
const parts = join(folder, 'parts');
const single = join(folder, 'single.csv');

/** docs/scale/slurm.sbatch, as Slurm would start task `index` of its array. */
async function runAsSlurmTask(index: number): Promise<unknown> {
  const loader = pathToFileURL('node_modules/tsx/dist/loader.mjs').href;
  const task = spawn('bash', ['docs/scale/slurm.sbatch'], {
    env: {
      ...process.env,
      UNDERTONE: `${process.execPath} --import ${loader} src/cli/index.ts`,
      RECORDINGS: recordings,
      PARTS: parts,
      SHARDS: String(shards),
      SLURM_ARRAY_TASK_ID: String(index),
      SLURM_CPUS_PER_TASK: '1',
    },
    stdio: 'ignore',
  });
  const [status] = (await once(task, 'exit')) as [number | null];
  return status;
}

beforeAll(async () => {
  const clips = emodbClips().map(({ samples }) => samples);
  growRecordingTree(recordings, clips, size);
  const whole = runCli(['analyze', recordings, '-o', single]);
  const statuses = await Promise.all([1, 2, 3].map(runAsSlurmTask));
  // The recording that is no sound is in one of them.
  expect(statuses.toSorted()).toEqual([0, 0, 1]);
  expect((await whole).status).toBe(1);
}, 180_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const manifest = z.object({
  shard: z.object({ index: z.number(), of: z.number() }),
  rows: z.number(),
  parts: z.array(z.object({ name: z.string(), sha256: z.string() })),
  inputs: z.array(z.object({ name: z.string(), sha256: z.string().length(64) })),
  failed: z.array(z.object({ name: z.string(), code: z.string() })),
});
const filesOf = (ending: string): string[] =>
  readdirSync(parts)
    .filter((name) => name.startsWith('part-') && name.endsWith(ending))
    .toSorted()
    .map((name) => join(parts, name));
const readManifests = () =>
  filesOf('.json').map((path) => manifest.parse(JSON.parse(readFileSync(path, 'utf8'))));
const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\r\n');

describe('analyze --shard', () => {
  it('writes parts that together are the single run, byte for byte after sorting', () => {
    const [heading, ...rows] = linesOf(single);
    const headings = filesOf('.csv').map((path) => linesOf(path)[0]);
    expect(headings).toEqual([heading, heading, heading]);
    const together = filesOf('.csv').flatMap((path) => linesOf(path).slice(1));
    expect(together.toSorted()).toEqual(rows.toSorted());
  });

  it('says in manifests what went in: every recording once, and what failed', () => {
    const manifests = readManifests();
    const inputs = manifests.flatMap((shard) => shard.inputs.map(({ name }) => name));
    expect(inputs).toHaveLength(size.recordings);
    expect(new Set(inputs).size).toBe(size.recordings);
    expect(manifests.flatMap(({ failed }) => failed)).toEqual([
      { name: 'broken 0.wav', code: 'not-audio' },
    ]);
    expect(manifests.map(({ shard }) => shard.index)).toEqual([1, 2, 3]);
  });

  it('changes no byte when a shard is done over, resumed or not', async () => {
    const contents = (): string[] =>
      readdirSync(parts)
        .filter((name) => name.startsWith('part-'))
        .toSorted()
        .map((name) => readFileSync(join(parts, name), 'latin1'));
    const before = contents();
    await runAsSlurmTask(1);
    await runCli(['analyze', recordings, '-o', parts, '--shard', '2/3', '--jobs', '2']);
    expect(contents()).toEqual(before);
  }, 120_000);

  it('writes Parquet in which DuckDB reads what the CSV says, by the queries in docs/scale', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const database = await instance.connect();
    const ask = async (sql: string): Promise<readonly unknown[]> => {
      const result = await database.runAndReadAll(sql);
      return result.getRowObjectsJson();
    };
    const folderInSql = parts.replaceAll("'", "''");
    const queries = readFileSync('docs/scale/duckdb.sql', 'utf8')
      .replaceAll("'parts/", `'${folderInSql}/`)
      .split(';')
      .filter((query) => query.replaceAll(/--.*/gu, '').trim() !== '');
    const answers: (readonly unknown[])[] = [];
    for (const query of queries) answers.push(await ask(query));

    const manifests = readManifests();
    const rows = manifests.reduce((sum, shard) => sum + shard.rows, 0);
    expect(answers[0]).toEqual([
      expect.objectContaining({
        shards: '3',
        expected: '3',
        rows: String(rows),
        recordings: String(size.recordings),
        failed: '1',
      }),
    ]);
    const [difference] = await ask(`
      WITH csv AS (SELECT * FROM read_csv('${folderInSql}/part-*.csv', all_varchar = true))
      SELECT count(*) AS rows,
             count(*) FILTER (c.confidence::DOUBLE = p.confidence AND c."end"::DOUBLE = p."end"
                              AND c.label = p.label) AS equal
      FROM csv c JOIN segments p
        ON ltrim(c.recording, '''') = p.recording AND c.start::DOUBLE = p.start`);
    expect(difference).toEqual({ rows: String(rows), equal: String(rows) });
    database.closeSync();
    instance.closeSync();
  }, 60_000);
});
