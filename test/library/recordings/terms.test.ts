import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportRequest } from '#shared/contract/export.ts';
import { allRecordings } from '#shared/domain/recording-query.ts';
import { consent as consents, dayOf, nothingWithheld } from '#shared/domain/terms.ts';
import { csvRequest } from '../support/csv-request.ts';
import { openCorrected } from '../support/models.ts';
import { hasOffer, untilModels } from '../support/until-models.ts';

const dayMs = 86_400_000;
const days = {
  'without a date': null,
  'on its last day': dayOf(new Date()),
  'until tomorrow': dayOf(new Date(Date.now() + dayMs)),
  'until yesterday': dayOf(new Date(Date.now() - dayMs)),
} as const;

/** By hand, and not by what the code says: why it is left out while its date has not passed, and afterwards. */
const reasons = {
  'not stated': [null, 'expired'],
  given: [null, 'expired'],
  refused: ['refused', 'refused'],
  withdrawn: ['withdrawn', 'withdrawn'],
} as const;

type Corrected = Awaited<ReturnType<typeof openCorrected>>;

/** Two recordings with a label of a person each, the first one on these terms. */
async function openAgreed(change: object): Promise<Corrected & { readonly second: number }> {
  const library = await openCorrected();
  const [first = 0, second = 0] = library.ids;
  const create = { kind: 'create', tier: 'annotator-1', start: 0, end: 500 } as const;
  const act = { ...create, label: 'angry' };
  await library.page.call('segments.act', { recordingId: second, act });
  await library.page.call('recordings.describe', { ids: [first], change });
  return { ...library, second };
}

function exportTo(
  { page, grant }: Corrected,
  path: string,
  ids: readonly number[],
  wish: Partial<ExportRequest>,
) {
  return grant(path).then(([to = '']) =>
    page.call('export.write', { ...csvRequest(ids, to), ...wish }),
  );
}

const cases = consents.options.flatMap((consent) =>
  (Object.keys(days) as (keyof typeof days)[]).flatMap((until) =>
    [false, true].map((withheldToo) => ({ consent, until, withheldToo })),
  ),
);

describe.each(cases)('consent $consent, $until, taken all the same: $withheldToo', (scenario) => {
  const { consent, until, withheldToo } = scenario;
  const because = reasons[consent][until === 'until yesterday' ? 1 : 0];
  const reason = withheldToo ? null : because;
  const withheld = reason === null ? nothingWithheld : { ...nothingWithheld, [reason]: 1 };
  const left = reason === null ? 2 : 1;

  it('decides what is exported and what is learnt from', async () => {
    const library = await openAgreed({ consent, keepUntil: days[until] });
    const { page, ids, folder } = library;
    const path = join(folder, 'out.csv');
    const exported = await exportTo(library, path, ids, { withheldToo });
    expect(exported).toMatchObject({ recordings: left, leftOut: 0, withheld });
    expect(readFileSync(path, 'utf8').includes('a.wav')).toBe(reason === null);
    const material = await page.call('models.material', { withheldToo });
    expect(material).toMatchObject({ corrections: left, recordings: left, withheld });
  });
});

describe('what is left out', () => {
  it('is not learnt from, and is where somebody says so', async () => {
    const library = await openAgreed({ consent: 'withdrawn' });
    const { page, first, second } = library;
    for (const [withheldToo, learnt] of [
      [false, [second]],
      [true, [first, second]],
    ] as const) {
      await page.call('models.retrain', { labels: null, withheldToo });
      const [version] = (await untilModels(library, hasOffer)).versions;
      expect(version?.settings.recordings).toEqual(learnt);
      await page.call('models.discard', { id: version?.id ?? '' });
    }
  });

  it('has no file in a folder of exports, in any format', async () => {
    const library = await openAgreed({ consent: 'refused' });
    const path = join(library.folder, 'out');
    const wish = { files: 'each', format: 'textgrid' } as const;
    const done = await exportTo(library, path, library.ids, wish);
    expect(done).toMatchObject({ recordings: 1, withheld: { ...nothingWithheld, refused: 1 } });
    expect(readdirSync(path).sort()).toEqual(['b.wav.TextGrid', 'b.wav.TextGrid.json']);
  });

  it('is refused where it is all that was asked for, and nothing is written', async () => {
    const library = await openAgreed({ keepUntil: days['until yesterday'] });
    const path = join(library.folder, 'out.csv');
    await expect(exportTo(library, path, [library.first], {})).rejects.toMatchObject({
      code: 'edit-refused',
    });
    expect(existsSync(path)).toBe(false);
  });
});

describe('the terms of a recording', () => {
  const terms = {
    consent: 'given',
    source: 'Interview in Graz',
    licence: 'CC BY 4.0',
    keepUntil: days['until yesterday'],
  } as const;

  it('are put down one by one or together, and undone as any act', async () => {
    const { page, ids } = await openCorrected();
    const first = async () => (await page.call('recordings.list', {}))[0];
    const before = { consent: 'not stated', source: '', licence: '', keepUntil: null };
    expect(await first()).toMatchObject(before);
    await page.call('recordings.describe', { ids, change: terms });
    expect(await page.call('recordings.list', {})).toMatchObject([terms, terms]);
    await page.call('recordings.describe', { ids, change: { keepUntil: null } });
    expect(await first()).toMatchObject({ ...terms, keepUntil: null });
    await page.call('history.undo', {});
    expect(await first()).toMatchObject(terms);
    await page.call('history.undo', {});
    expect(await first()).toMatchObject(before);
  });

  it('find what is kept longer than agreed', async () => {
    const { page, first, second } = await openAgreed(terms);
    const change = { keepUntil: days['on its last day'] };
    await page.call('recordings.describe', { ids: [second], change });
    const query = { ...allRecordings, status: 'overdue' } as const;
    expect(await page.call('recordings.search', query)).toEqual([first]);
  });

  it('are refused where they are no terms', async () => {
    const { page, ids } = await openCorrected();
    for (const change of [{ keepUntil: 'soon' }, { keepUntil: '2027-02-30' }, { consent: 'yes' }]) {
      const call = page.call('recordings.describe', { ids, change: change as object });
      await expect(call).rejects.toMatchObject({ code: 'invalid-call' });
    }
  });
});
