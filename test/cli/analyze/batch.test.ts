import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { emodbClips } from '../../support/emodb.ts';
import { countDone } from '../../support/kill-and-resume.ts';
import { growRecordingTree } from '../../support/recording-tree.ts';
import { runCli } from '../run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'batch '));
const recordings = join(folder, 'recordings');
beforeAll(() => {
  const clips = emodbClips().map(({ samples }) => samples);
  growRecordingTree(recordings, clips, { recordings: 14, broken: 0 });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const namesOf = (csv: string): ReadonlySet<string> =>
  new Set(parseEmotionCsv(csv).rows.map(({ recording }) => recording));

/** The processes that a process has started. */
function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

describe('analyze', () => {
  it('tells files of the same name apart, in whichever folder, however it is spelt', async () => {
    const run = await runCli(['analyze', recordings, '--jobs', '3']);
    expect(run.status).toBe(0);
    expect(namesOf(run.stdout)).toEqual(
      new Set([
        ...['plain', 'with spaces'].flatMap((name) =>
          [0, 1, 2].map((n) => `${name}/take ${n}.wav`),
        ),
        ...['Ünïcode 音声', `quotes ' and "`, '=1+1', 'deeper'].flatMap((name) =>
          [0, 1].map((take) => `${name}/take ${take}.wav`),
        ),
      ]),
    );
    expect(run.stderr).toMatch(/^14 recordings: 14 analysed, 0 failed\. /mu);
  });

  it('says which recordings start later than their files tell, on the screen and beside what it writes', async () => {
    const sounds = join(folder, 'sounds');
    mkdirSync(sounds);
    for (const name of ['speech-adts.aac', 'speech-cbr-untagged.mp3', 'speech-cbr.mp3']) {
      copyFileSync(join('test/fixtures/audio', name), join(sounds, name));
    }
    const path = join(folder, 'uncertain.csv');
    const run = await runCli(['analyze', sounds, '-o', path]);
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/^The start of 2 recordings is uncertain by up to 164 ms: /mu);
    const { recordings: told } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as {
      readonly recordings: readonly { readonly uncertainStartSeconds: number }[];
    };
    expect(told.map(({ uncertainStartSeconds }) => uncertainStartSeconds)).toEqual([
      2624 / 16_000,
      1681 / 16_000,
      0,
    ]);
    const one = await runCli(['analyze', join(sounds, 'speech-adts.aac'), '--format', 'json']);
    expect(one.stderr).toContain(
      'speech-adts.aac: The start is uncertain by up to 164 ms: the file does not say how much its encoder added.',
    );
    expect(JSON.parse(one.stdout)).toMatchObject({ uncertainStartSeconds: 2624 / 16_000 });
  });

  it('writes the same tables a file each, as CSV and as Parquet', async () => {
    const target = join(folder, 'each');
    const args = ['--per', 'recording', '--format', 'csv,parquet', '-o', target];
    const run = await runCli(['analyze', join(recordings, '=1+1'), ...args]);
    expect(run.status).toBe(0);
    expect(readdirSync(target).toSorted()).toEqual(
      ['take 0.wav', 'take 1.wav'].flatMap((name) =>
        ['.csv', '.csv.json', '.parquet', '.parquet.json'].map((ending) => name + ending),
      ),
    );
    const bytes = readFileSync(join(target, 'take 1.wav.parquet'));
    const file = new Uint8Array(bytes).buffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toEqual([expect.objectContaining({ recording: 'take 1.wav', transitions: 0 })]);
  });

  it.skipIf(process.platform !== 'linux')('outlives the processes that compute', async () => {
    const path = join(folder, 'outlived.csv');
    const args = ['analyze', recordings, '-o', path, '--jobs', '2', '--resume'];
    const command = spawn(process.execPath, ['--import', 'tsx', 'src/cli/index.ts', ...args], {
      stdio: 'ignore',
    });
    const ended = once(command, 'exit') as Promise<[number | null]>;
    while (countDone(`${path}.done`) < 3) await wait(5);
    for (const pid of childrenOf(command.pid ?? 0)) process.kill(pid, 'SIGKILL');
    const [status] = await ended;
    expect(status).toBe(0);
    expect(namesOf(readFileSync(path, 'utf8')).size).toBe(14);
  });

  it.skipIf(process.getuid?.() === 0)('names a folder that may not be read', async () => {
    const closed = join(folder, 'mixed', 'closed');
    mkdirSync(closed, { recursive: true });
    const clip = readFileSync('test/fixtures/emodb/03a04Fd.wav');
    writeFileSync(join(folder, 'mixed', 'open.wav'), clip);
    chmodSync(closed, 0);
    const run = await runCli(['analyze', join(folder, 'mixed')]);
    chmodSync(closed, 0o700);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/closed.*may not be read/u);
    expect(namesOf(run.stdout)).toEqual(new Set(['open.wav']));
  });

  it.each([
    [['--resume']],
    [['--jobs', '0']],
    [['--shard', '0/3', '-o', 'parts']],
    [['--shard', '4/3', '-o', 'parts']],
    [['--shard', '1/3']],
    [['--shard', '1/3', '-o', 'one.csv']],
    [['--shard', '1/3', '-o', 'parts', '--format', 'json']],
    [['--format', 'parquet']],
    [['--per', 'sentence']],
  ])('exits with 2 where options do not go together: %j', async (options) => {
    const run = await runCli(['analyze', recordings, ...options]);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('error');
  });
});
