import { UndertoneError, toErrorShape } from '#shared/contract/errors.ts';
import type { Examination, ImportReport } from '#shared/contract/exchange.ts';
import type { ImportMapping } from '#shared/domain/import-mapping.ts';
import type { LabelDefinition } from '#shared/domain/label-definition.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { LabelOffer } from '../annotation/label-offer.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Project } from '../project.ts';
import type { InThread } from '../thread/in-thread.ts';
import { findContent, type Found } from './content.ts';
import { describeFound, readFiles, type ExaminedFiles } from './examine.ts';
import { planImport, type ImportPlan, type ImportSituation } from './plan-import.ts';
import { readRemembered, remember, storeRemembered, type RememberedMapping } from './remember.ts';
import { storeImport } from './store-import.ts';

export interface ExchangeParts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly labels: LabelOffer;
  readonly inThread: InThread;
}

/** Annotations on their way into the project; one set of files at a time. */
export interface Exchange {
  readonly examine: (
    paths: readonly string[],
    preferred: number | null,
    context: CallContext,
  ) => Promise<Examination>;
  /** @throws UndertoneError `not-found` where something else has been examined since */
  readonly preview: (
    id: number,
    mapping: ImportMapping,
    context: CallContext,
  ) => Promise<ImportReport>;
  readonly store: (
    id: number,
    mapping: ImportMapping,
    context: CallContext,
  ) => Promise<ImportReport>;
  readonly forget: (id: number) => void;
}

interface Examined extends ExaminedFiles {
  readonly id: number;
  readonly found: Found;
}

export function createExchange({ project, catalogue, labels, inThread }: ExchangeParts): Exchange {
  let current: Examined | null = null;
  let lastId = 0;

  const remembered = (): RememberedMapping => readRemembered(project.settings);

  function get(id: number): Examined {
    if (current?.id === id) return current;
    throw new UndertoneError('not-found', { subject: 'This import' });
  }

  function plan(
    { files, found }: Examined,
    mapping: ImportMapping,
    offer: readonly LabelDefinition[],
  ): ImportPlan {
    const unread = files.flatMap(({ name, read }) =>
      read.rejected.map((problem) => ({
        ...problem,
        places: problem.places.map((place) => (files.length > 1 ? `${name}, ${place}` : place)),
      })),
    );
    return planImport(found, mapping, situationOf(project, offer), unread);
  }

  return {
    examine: async (paths, preferred, context) => {
      const read = await readFiles(paths, inThread, context);
      const offer = await labels.list(context.signal);
      const found = findContent(read.files);
      lastId += 1;
      current = { ...read, id: lastId, found };
      return describeFound(lastId, read, found, project.recordings.list(), preferred, {
        remembered: remembered(),
        tiers: project.tiers.list(),
        labels: offer.map(({ name }) => name),
      });
    },
    preview: async (id, mapping, { signal }) => {
      const examined = get(id);
      await untilRead(catalogue, mapping, signal);
      return plan(examined, mapping, await labels.list(signal)).report;
    },
    store: async (id, mapping, { signal }) => {
      const examined = get(id);
      await untilRead(catalogue, mapping, signal);
      const offer = await labels.list(signal);
      const chosen = idsOf(mapping);
      const done = storeImport(
        project,
        examined.files.map(({ name }) => name),
        offer,
        chosen.length === 1 ? (chosen[0] ?? null) : null,
        () => plan(examined, mapping, offer),
      );
      // Outside the act: who undoes an import to map it otherwise should not begin from nothing.
      const now = remember(remembered(), examined.found, mapping, project.tiers.list());
      storeRemembered(project.settings, now);
      current = null;
      return done.report;
    },
    forget: (id) => {
      if (current?.id === id) current = null;
    },
  };
}

function situationOf(project: Project, offer: readonly LabelDefinition[]): ImportSituation {
  return {
    tiers: project.tiers.list(),
    labels: offer.map(({ name }) => name),
    soundOf: (id) => project.recordings.find(id)?.sound?.sound,
    takenOn: (id, tier) => project.segments.list(id).filter((segment) => segment.tier === tier),
  };
}

function idsOf({ recordings }: ImportMapping): readonly number[] {
  return [...new Set(recordings.filter((id) => id !== null))];
}

/** Seconds become samples only once the sound of a recording is known; one that fails is told in the report. */
async function untilRead(
  catalogue: Catalogue,
  mapping: ImportMapping,
  signal: AbortSignal,
): Promise<void> {
  for (const id of idsOf(mapping)) {
    try {
      await catalogue.until(id, ({ sound }) => sound !== null, signal);
    } catch (error) {
      if (signal.aborted || toErrorShape(error).code === 'internal') throw error;
    }
  }
}
