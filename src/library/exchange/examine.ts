import { basename } from 'node:path';
import { formatOf } from '#formats/annotation/registry.ts';
import { toErrorShape } from '#shared/contract/errors.ts';
import type { Examination } from '#shared/contract/exchange.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { InThread } from '../thread/in-thread.ts';
import type { Found, ReadFile } from './content.ts';
import { createMatcher } from './match.ts';
import { proposeLabel, proposeTier, type ProposalContext } from './propose.ts';
import type { StoredRecording } from '../database/recordings.ts';

export interface ExaminedFiles {
  readonly files: readonly ReadFile[];
  readonly failures: Examination['failures'];
}

/** Reads files one after another in a thread; those that cannot be read are told and passed over. */
export async function readFiles(
  paths: readonly string[],
  inThread: InThread,
  { signal, report }: CallContext,
): Promise<ExaminedFiles> {
  const files: ReadFile[] = [];
  const failures: Examination['failures'][number][] = [];
  await inThread(async (ask) => {
    for (const [index, path] of paths.entries()) {
      report({ stage: basename(path), fraction: index / paths.length });
      try {
        const read = await ask('annotations.read', { path }, { signal });
        files.push({ name: basename(path), read });
      } catch (error) {
        const { code, message, hint } = toErrorShape(error);
        // Nothing that is left can be asked of a thread that is gone.
        if (code === 'cancelled' || code === 'too-large') throw error;
        failures.push({
          name: basename(path),
          message: message.replace(path, basename(path)),
          hint,
        });
      }
    }
  });
  return { files, failures };
}

/**
 * What was found, with a proposal for each part of it.
 *
 * @param preferred the recording that is meant where no name tells and there is only one to tell of
 */
export function describeFound(
  id: number,
  { files, failures }: ExaminedFiles,
  found: Found,
  recordings: readonly StoredRecording[],
  preferred: number | null,
  context: ProposalContext,
): Examination {
  const match = createMatcher(recordings);
  const only = found.recordings.length === 1 ? preferred : null;
  return {
    id,
    failures,
    files: files.map(({ name, read }) => ({
      name,
      format: formatOf(read.format).title,
      rows: read.rows,
      rejected: read.rejected,
      losses: read.losses,
    })),
    recordings: found.recordings.map(({ name, file, rows }) => {
      const ids = match(name);
      const [first] = ids;
      const isSure = ids.length === 1 && first !== undefined;
      return {
        name,
        file,
        rows,
        candidates: isSure ? [] : ids,
        to: isSure ? first : ids.length === 0 ? only : null,
      };
    }),
    tiers: found.tiers.map((tier) => ({
      name: tier.name,
      source: tier.source,
      annotator: tier.annotator,
      rows: tier.rows,
      labels: tier.labels.size,
      to: proposeTier(tier, context),
    })),
    labels: found.labels.map((label) => ({ ...label, to: proposeLabel(label.label, context) })),
  };
}
