import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgreementResult } from '#shared/contract/agreement.ts';
import { runCli } from '../../cli/run-cli.ts';
import { sampleRate } from '../support/stand-in-engine.ts';
import { csvRequest } from '../support/csv-request.ts';
import { makeFiles, openReadyLibrary } from '../support/test-library.ts';

type Ready = Awaited<ReturnType<typeof openReadyLibrary>>;
type Labelled = readonly (readonly [start: number, end: number, label: string])[];

/** Recordings of three seconds, on which the model says neutral, no speech, angry, a second each. */
async function withRecordings(count: number): Promise<Ready & { ids: readonly number[] }> {
  const library = await openReadyLibrary();
  const names = Array.from({ length: count }, (_, index) => `talk ${index + 1}.wav`);
  const files = Object.fromEntries(names.map((name) => [name, name]));
  const ids = await library.importPaths(...makeFiles(join(library.folder, 'sounds'), files));
  await Promise.all(ids.map((id) => library.untilKind(id, 'ready')));
  return { ...library, ids };
}

async function label(
  { page }: Ready,
  recordingId: number,
  tier: string,
  labelled: Labelled,
): Promise<void> {
  for (const [from, to, name] of labelled) {
    const [start, end] = [from * sampleRate, to * sampleRate];
    const act = { kind: 'create', tier, start, end, label: name } as const;
    await page.call('segments.act', { recordingId, act });
  }
}

interface Printed extends Omit<AgreementResult, 'differences' | 'names'> {
  readonly annotators: readonly string[];
  readonly differences: readonly {
    readonly recording: string;
    readonly start: number;
    readonly end: number;
    readonly labels: readonly (string | null)[];
  }[];
}

describe('agreement in the project', () => {
  it('has the numbers that the command line gives for what is exported', async () => {
    const library = await withRecordings(3);
    const { page, ids } = library;
    const [one = 0, two = 0, three = 0] = ids;
    const mia = await page.call('tiers.add', { kind: 'annotator', name: 'Mia' });
    await label(library, one, 'annotator-1', [
      [0, 1.23, 'neutral'],
      [1.5, 3, 'happy'],
    ]);
    await label(library, one, mia.id, [
      [0.4, 1.1, 'neutral'],
      [1.1, 2.6, 'angry'],
    ]);
    await label(library, two, 'annotator-1', [[0, 3, 'angry']]);
    await label(library, three, mia.id, [[0.25, 2.05, 'neutral']]);

    const tiers = ['model', 'annotator-1', mia.id];
    const ask = { ids: null, tiers, ignored: [] };
    const measured = await page.call('agreement.measure', ask);

    const csv = join(library.folder, 'all.csv');
    const [to = ''] = await library.grant(csv);
    await page.call('export.write', csvRequest(ids, to));
    const { stdout, stderr } = await runCli(['agree', csv, '--json']);
    expect(stderr).toBe('');
    const printed = JSON.parse(stdout) as Printed;
    expect(printed.annotators).toEqual(['stand-in-1', 'Annotator 1', 'Mia']);
    expect(measured.names).toEqual(['Model', 'Annotator 1', 'Mia']);
    for (const part of ['labels', 'pairs', 'fleiss', 'alpha', 'blocks'] as const) {
      expect(measured[part]).toEqual(printed[part]);
    }
    expect(measured.pairs.every(({ kappa }) => kappa.value !== null)).toBe(true);
    expect(measured.alpha.interval).not.toBeNull();
    expect(measured.compared).toBe(3);
    expect(
      measured.differences.map(({ start, end, labels }) => [
        start / sampleRate,
        end / sampleRate,
        labels,
      ]),
    ).toEqual(printed.differences.map(({ start, end, labels }) => [start, end, labels]));
    expect(measured.differing).toBe(measured.differences.length);

    const again = await page.call('agreement.measure', ask);
    expect(again).toEqual(measured);
    const without = await page.call('agreement.measure', {
      ids: [one],
      tiers,
      ignored: ['no speech'],
    });
    expect(without.labels).not.toContain('no speech');
    expect(library.bugs).toEqual([]);
  });

  it('says why nothing can be compared, and stops at once where nobody waits', async () => {
    const library = await withRecordings(1);
    const { page, ids } = library;
    const ask = { ids, tiers: ['model', 'annotator-1'], ignored: [] };
    await expect(page.call('agreement.measure', ask)).rejects.toMatchObject({
      code: 'annotations-not-comparable',
      message: expect.stringContaining('no recording was labelled on two of the tiers') as string,
    });
    await label(library, ids[0] ?? 0, 'annotator-1', [[0, 3, 'angry']]);
    const controller = new AbortController();
    const asked = page.call('agreement.measure', ask, {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(library.bugs).toEqual([]);
  });
});
