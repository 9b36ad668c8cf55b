import { join } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { viewContract } from '#shared/contract/views.ts';
import type { CallContext, Handlers } from '#shared/rpc/contract.ts';
import type { Catalogue } from '../catalogue.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { EngineLink } from '../engine-link.ts';
import { findDescriptors, findSpectrogram, readDescriptor, readTile } from '../files/view-files.ts';
import type { Project } from '../project.ts';

interface ViewParts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  readonly files: DerivedFiles;
}

/** Has the engine make what can be looked at, where it is not in the cache, and reads parts of that. */
export function createViewHandlers(parts: ViewParts): Handlers<typeof viewContract> {
  const { project, catalogue, engine, files } = parts;
  /** What the names of a recording's files begin with; it has been read, or there would be nothing to look at. */
  const baseOf = (id: number): string => {
    const { sound, path } = catalogue.find(id);
    if (!sound) throw new UndertoneError('not-found', { subject: path });
    return join(project.cache.engineFolder, sound.sha256);
  };

  async function made<T>(
    id: number,
    method: 'views.makeSpectrogram' | 'views.makeDescriptors',
    find: (base: string) => Promise<T | null>,
    { signal, report }: CallContext,
  ): Promise<T> {
    // First, for it waits until the recording has been read.
    const path = await files.canonicalPath(id, signal);
    const base = baseOf(id);
    const there = await find(base);
    if (there) return there;
    await engine.call(method, { path, base }, { signal, onProgress: report });
    const now = await find(base);
    if (!now) throw new UndertoneError('cache-damaged', { subject: path });
    return now;
  }

  return {
    'views.spectrogram': ({ id }, context) =>
      made(id, 'views.makeSpectrogram', findSpectrogram, context),
    'views.spectrogramTile': async ({ id, level, tile }) => ({
      bytes: await readTile(baseOf(id), level, tile),
    }),
    'views.descriptors': ({ id }, context) =>
      made(id, 'views.makeDescriptors', findDescriptors, context),
    'views.descriptor': async ({ id, descriptor }) => ({
      values: await readDescriptor(baseOf(id), descriptor),
    }),
  };
}
