import type { modelsContract } from '#shared/contract/models.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { refusal } from '../annotation/refusal.ts';
import type { StoredVersion } from '../database/model-versions.ts';
import { learnable } from './learnable.ts';
import { describeMaterial } from './material.ts';
import type { ModelsParts } from './parts.ts';
import { projectChanges } from './project-changes.ts';
import type { RetrainingJob } from './retraining.ts';
import { exportModel, importModel } from './transfer.ts';

type Methods = Omit<Handlers<typeof modelsContract>, 'models.state'>;

/** Answers what has to do with retraining and versions. All throw `not-found` for a version that is not there. */
export function createHandlers(
  parts: ModelsParts,
  retraining: RetrainingJob,
  tell: () => void,
): Methods {
  const { project, active, versionFiles, describeActive, describeShipped } = parts;
  const { versions, settings, journal } = project;

  function find(id: string): StoredVersion {
    const version = versions.find(id);
    if (!version) throw new UndertoneError('not-found', { subject: 'This version' });
    return version;
  }

  function findOffer(id: string): StoredVersion {
    const version = find(id);
    if (version.kept) throw refusal('no-offer');
    return version;
  }

  return {
    'models.material': async ({ withheldToo }, { signal }) => {
      const { corrections, withheld } = learnable(project, withheldToo);
      const [now, shipped] = [await describeActive(signal), await describeShipped(signal)];
      return describeMaterial(corrections, withheld, now, shipped, versions.list());
    },
    'models.retrain': (lesson) => {
      retraining.start(lesson);
    },
    'models.cancel': () => {
      retraining.cancel();
    },
    'models.keep': async ({ id }) => {
      await versionFiles.verify(findOffer(id));
      const words = `Kept version ${find(id).number} of the model`;
      // That it is kept stays so when the act is undone: it only no longer analyses.
      journal.act({ words, recordingId: null }, () => {
        versions.setKept(id);
        settings.set('model', id);
      });
    },
    'models.discard': async ({ id }) => {
      await versionFiles.remove(findOffer(id).id);
      versions.remove(id);
      tell();
    },
    'models.activate': async ({ id }) => {
      if (id === (active.version()?.id ?? null)) return;
      const version = id === null ? null : find(id);
      if (version) await versionFiles.verify(version);
      const name = version ? `version ${version.number}` : 'the original';
      journal.act({ words: `Changed to ${name} of the model`, recordingId: null }, () => {
        settings.set('model', id);
      });
    },
    ...exchangeHandlers(parts, find, tell),
    'models.describe': ({ id, note }) => {
      versions.setNote(find(id).id, note);
      tell();
    },
  };
}

type Exchange = 'models.compare' | 'models.export' | 'models.import';

/** A version beside the one in use, and versions as files. */
function exchangeHandlers(
  parts: ModelsParts,
  find: (id: string) => StoredVersion,
  tell: () => void,
): Pick<Methods, Exchange> {
  const { project, engine, grants, versionFiles, shippedFolder } = parts;
  return {
    'models.compare': ({ id }, { signal, report }) => {
      const folder = id === null ? shippedFolder : versionFiles.folderOf(find(id).id);
      return projectChanges({ ...parts, call: engine.call }, folder, signal, (fraction) => {
        report({ stage: 'comparing', fraction });
      });
    },
    'models.export': ({ id, to }) => exportModel(project, find(id), grants.resolve(to)),
    'models.import': async ({ from }, { signal }) => {
      const imported = await importModel(
        { project, call: engine.call },
        grants.resolve(from),
        signal,
      );
      tell();
      return { id: imported };
    },
  };
}
