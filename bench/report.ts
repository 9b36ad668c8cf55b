import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, getPriority, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadBackend } from '#engine/model/backend.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { result, type Figure, type Result } from './figure.ts';

const lastFile = fileURLToPath(new URL('./last.json', import.meta.url));
const page = fileURLToPath(new URL('../docs/BENCH.md', import.meta.url));

/** The groups of the committed runs by name, and on what machine each ran. */
const lastRun = z.record(z.string(), result.extend({ machine: z.string() }));
type LastRun = Readonly<z.infer<typeof lastRun>>;

/** How far a ratio may move before it is worth a word: machines that others use differ by as much from run to run. */
const worthAWord = 0.25;

/** A table for people: Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, peer, peerValue, ratio }) =>
    [name, `${short(value)} ${unit}`, peer, `${short(peerValue)} ${unit}`, short(ratio)].join(
      ' | ',
    ),
  );
  return [
    '| what | Undertone | beside | it | times as good |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

/** What moved since the figures were last committed; by ratios, for times differ from machine to machine. */
export async function whatMoved(figures: readonly Figure[]): Promise<readonly string[]> {
  const last = Object.values(await readLast()).flatMap((group) => group.figures);
  const ratios = new Map(last.map((figure) => [keyOf(figure), figure.ratio]));
  return figures.flatMap((figure) => {
    const before = ratios.get(keyOf(figure));
    if (before === undefined) return [`New: ${keyOf(figure)}.`];
    const change = figure.ratio / before;
    if (Math.abs(Math.log(change)) < Math.log(1 + worthAWord)) return [];
    const word = change < 1 ? 'Slower' : 'Faster';
    return [`${word}: ${keyOf(figure)} was ${short(before)}, is ${short(figure.ratio)}.`];
  });
}

/** Makes these the figures to compare with, and the page one of them; groups that did not run stay as they were. */
export async function keep(results: ReadonlyMap<string, Result>): Promise<void> {
  const here = await machine();
  const now = [...results].map(([name, { figures, notes }]) => {
    const rounded = figures.map((figure) => ({
      ...figure,
      value: Number(short(figure.value)),
      peerValue: Number(short(figure.peerValue)),
      ratio: Number(short(figure.ratio)),
    }));
    return [name, { machine: here, figures: rounded, notes }] as const;
  });
  const last: LastRun = { ...(await readLast()), ...Object.fromEntries(now) };
  await writeFileWhole(lastFile, [Buffer.from(`${JSON.stringify(last, null, 2)}\n`)]);
  await writeFileWhole(page, [Buffer.from(pageOf(last))]);
}

async function readLast(): Promise<LastRun> {
  return lastRun.parse(JSON.parse(await readFile(lastFile, 'utf8')));
}

function pageOf(last: LastRun): string {
  const sections = Object.entries(last).flatMap(([name, group]) => [
    `## ${name}`,
    `On ${group.machine}.`,
    tableOf(group.figures),
    ...group.notes,
  ]);
  return `${[...introduction, ...sections].join('\n\n')}\n`;
}

const introduction = [
  '# Speed',
  'Runs of `npm run bench -- --write`, a table for each group. Each figure stands beside peers that did the same work in the same\nrun. `x` is times real time. Of several runs in turn the fastest counts; whole processes and hours are run once.',
];

/** The machine and the versions, in a sentence. */
export async function machine(): Promise<string> {
  const backend = await loadBackend();
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${availableParallelism()} cores of ${processor?.model.trim() ?? 'a processor'} with ${memory} GB`,
    `Node ${process.versions.node}`,
    `${backend.kind} TensorFlow ${backend.version}`,
    `a load of ${loadavg()[0]?.toFixed(1) ?? '?'} at the end`,
    // Where others use the machine, too, a run may be put before them.
    ...(getPriority() === 0 ? [] : [`at priority ${getPriority()}`]),
  ].join(', ');
}

function keyOf({ name, peer }: Figure): string {
  return `${name} / ${peer.replace(/ \d[\d.+a-z]*$/, '')}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
