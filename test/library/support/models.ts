import { makeFiles, openReadyLibrary } from './test-library.ts';
import { hasOffer, untilModels } from './until-models.ts';

type ReadyLibrary = Awaited<ReturnType<typeof openReadyLibrary>>;

interface CorrectedLibrary extends ReadyLibrary {
  readonly ids: readonly number[];
  readonly first: number;
}

/** A library with two recordings, whose first segment a person calls happy. */
export async function openCorrected(): Promise<CorrectedLibrary> {
  const library = await openReadyLibrary();
  const { page, importPaths, untilKind, folder } = library;
  const ids = await importPaths(...makeFiles(folder, { 'a.wav': 'a', 'b.wav': 'b' }));
  for (const id of ids) await untilKind(id, 'ready');
  const [first = 0] = ids;
  const [segment] = await page.call('segments.list', { recordingId: first });
  const relabel = { kind: 'relabel', label: 'happy', to: 'annotator-1' } as const;
  const act = { ...relabel, ids: [segment?.id ?? 0] };
  await page.call('segments.act', { recordingId: first, act });
  return { ...library, ids, first };
}

/** The same with a version on offer that learnt from it. */
export async function openOffered(): Promise<
  CorrectedLibrary & { readonly version: { readonly id: string } }
> {
  const library = await openCorrected();
  await library.page.call('models.retrain', { labels: null, withheldToo: false });
  const { versions } = await untilModels(library, hasOffer);
  return { ...library, version: versions[0] ?? { id: '' } };
}
