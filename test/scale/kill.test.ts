import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { discoverAudio } from '#files/discover-audio.ts';
import { runCli, type CliRun } from '../cli/run-cli.ts';
import { decodeMono } from '../engine/audio/support.ts';
import { killWhenDone, type Kill } from '../support/kill-and-resume.ts';
import { growRecordingTree } from '../support/recording-tree.ts';

/** EMO-DB where it is there, for more voices; else the ten clips of it that are in the project. */
const corpora = [process.env['UNDERTONE_CORPUS'], '../shared/data/emodb', 'test/fixtures/emodb'];
const corpus = corpora.find((folder) => folder !== undefined && existsSync(folder)) ?? '';
const size = { recordings: Number(process.env['UNDERTONE_SCALE_FILES'] ?? 2000), broken: 3 };
const jobs = 2;

/** As many different voices as memory likes. */
async function readClips(): Promise<readonly Float32Array[]> {
  const { files } = await discoverAudio([corpus]);
  const clips: Float32Array[] = [];
  for (const file of files.slice(0, 500)) clips.push(await decodeMono(file));
  return clips;
}

const folder = mkdtempSync(join(tmpdir(), 'scale '));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('has each of thousands of recordings once and the bytes of an undisturbed run, after three kills', async () => {
  const recordings = join(folder, 'recordings');
  growRecordingTree(recordings, await readClips(), size);
  const outputs = [join(folder, 'undisturbed.csv'), join(folder, 'killed.csv')] as const;
  const [undisturbed, killed] = outputs;
  const whole = await runCli(['analyze', recordings, '-o', undisturbed, '--jobs', String(jobs)]);
  expect(whole.status).toBe(1);

  const args = ['analyze', recordings, '-o', killed, '--jobs', String(jobs), '--resume'];
  const kills: Kill[] = [];
  for (const whom of ['command', 'command and workers', 'command'] as const) {
    // Anywhere in what is left, but not so late that nothing would be.
    const done = kills.at(-1)?.done ?? 0;
    const after = done + Math.floor(Math.random() * 0.6 * (size.recordings - done));
    kills.push(await killWhenDone(args, `${killed}.done`, after, whom));
  }
  const resumed = await runCli(args);
  const again = await runCli(args);

  expect(resumed.status).toBe(1);
  for (const ending of ['', '.json']) {
    expect(readFileSync(killed + ending).equals(readFileSync(undisturbed + ending))).toBe(true);
  }
  const { rows, rejected } = parseEmotionCsv(readFileSync(killed, 'utf8'));
  const blocks = rows.flatMap(({ recording }, index) =>
    recording === rows[index - 1]?.recording ? [] : [recording],
  );
  expect(rejected).toEqual([]);
  expect(blocks).toHaveLength(size.recordings);
  expect(new Set(blocks).size).toBe(size.recordings);
  expect(summaryOf(again)).toContain(`0 analysed, ${size.recordings} up to date already`);
  writeFileSync(
    'docs/scale/last-run.md',
    report({ whole, kills, resumed, again, rows: rows.length }),
  );
});

function summaryOf({ stderr }: CliRun): string {
  return /^\d+ recordings: .*$/mu.exec(stderr)?.[0] ?? '';
}

interface Figures {
  readonly whole: CliRun;
  readonly kills: readonly Kill[];
  readonly resumed: CliRun;
  readonly again: CliRun;
  readonly rows: number;
}

function report({ whole, kills, resumed, again, rows }: Figures): string {
  return `# The last run of \`npm run test:scale\`

${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), \`--jobs ${jobs}\`.
${size.recordings} recordings of one to two seconds and ${size.broken} files without sound, in folders with spaces,
accents, quotes and the same names, with links in circles.

| run | what it said |
| --- | --- |
| undisturbed | ${summaryOf(whole)} |
${kills.map(({ done, whom }) => `| SIGKILL of ${whom} | ${done} recordings done by then |`).join('\n')}
| resumed | ${summaryOf(resumed)} |
| once more | ${summaryOf(again)} |

Every recording is in the output exactly once (${rows} rows), and CSV and sidecar are byte for byte those of the undisturbed run.
`;
}
