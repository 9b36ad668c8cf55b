import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connectDatabase } from '#library/database/connection.ts';
import { copyVerified } from '#library/database/verified-copy.ts';
import {
  answerDialogs,
  launchApp,
  removeFolder,
  temporaryFolder,
  type RunningApp,
} from '../../../e2e/support/app.ts';
import { connectPageClient } from '../../../e2e/support/page-client.ts';
import { fingerprint } from '../../../library/support/dump.ts';
import { emodbClips } from '../../../support/emodb.ts';
import { makeWav } from '../../../support/make-wav.ts';
import type { Acknowledged } from '../../support/acknowledged.ts';
import { annotator, chooseAct } from '../../support/acts.ts';

/** Somebody at work in the real application, through the page's own connections, as fast as it answers. */
export interface Sitting {
  readonly running: () => RunningApp;
  readonly userFolder: string;
  /** The project's database. */
  readonly database: string;
  /** Starts the application, which opens what was open last. */
  readonly start: () => Promise<void>;
  /** Connects to a page that has been loaded again. */
  readonly connect: () => Promise<void>;
  /** Does one thing after the other, all kinds of them, until one fails or `isOver` says so. */
  readonly work: (isOver: () => boolean) => Promise<void>;
  readonly importOne: () => Promise<void>;
  readonly acknowledged: () => Acknowledged;
  readonly counts: () => { readonly edits: number; readonly imports: number };
  /** A copy of the database as it is now, whoever writes to it. */
  readonly snapshot: () => Promise<string>;
  readonly end: () => Promise<void>;
}

export async function openSitting(): Promise<Sitting> {
  const userFolder = await temporaryFolder();
  const sounds = path.join(userFolder, 'sounds');
  const database = path.join(userFolder, 'project', 'project.sqlite');
  await mkdir(sounds);
  const clips = emodbClips();
  const imports: string[] = [];
  let edit: string | undefined;
  let [edits, count] = [0, 0];
  let running: RunningApp;

  const connect = (): Promise<void> => connectPageClient(running.page);

  async function importOne(): Promise<void> {
    const { samples } = clips[imports.length % clips.length] ?? { samples: new Float32Array() };
    const sound = path.join(sounds, `recording ${String(imports.length)}.wav`);
    // A little shorter each time, so that no two have the same content.
    const cut = samples.subarray(0, samples.length - imports.length - 1);
    await writeFile(sound, makeWav([cut], { format: 's16', sampleRate: 16_000 }));
    await answerDialogs(running.app, { open: [sound] });
    await running.page.evaluate(async () => {
      const grants = await window.testApi.shell.call('dialog.openFiles', {});
      await window.testApi.library.call('recordings.import', { grants });
    });
    imports.push(sound);
  }

  async function analyseAgain(): Promise<void> {
    await running.page.evaluate(async (nth) => {
      const list = await window.testApi.library.call('recordings.list', {});
      const { id } = list[nth % list.length] ?? { id: 0 };
      await window.testApi.library.call('recordings.retry', { ids: [id] });
    }, count);
  }

  async function act(): Promise<void> {
    const found = await running.page.evaluate(async (tier) => {
      const list = await window.testApi.library.call('recordings.list', {});
      const ready = list.filter(({ status }) => status.kind === 'ready').slice(-3);
      const { id = 0 } = ready[Math.floor(Math.random() * ready.length)] ?? {};
      if (id === 0) return null;
      const segments = await window.testApi.library.call('segments.list', { recordingId: id });
      return { id, own: segments.filter((each) => each.tier === tier).map((each) => each.id) };
    }, annotator);
    if (!found) return;
    await running.page.evaluate(
      async ({ recordingId, act: wanted }) => {
        try {
          await window.testApi.library.call('segments.act', { recordingId, act: wanted });
        } catch (error) {
          if ((error as { code?: unknown }).code !== 'edit-refused') throw error;
        }
      },
      { recordingId: found.id, act: chooseAct(count, found.own) },
    );
  }

  async function walk(method: 'history.undo' | 'history.redo'): Promise<void> {
    await running.page.evaluate(async (which) => {
      await window.testApi.library.call(which, {});
    }, method);
  }

  async function step(): Promise<void> {
    count += 1;
    if (count % 15 === 1) await importOne();
    else if (count % 7 === 0) await analyseAgain();
    else if (count % 5 === 3) await walk('history.undo');
    else if (count % 10 === 4) await walk('history.redo');
    else await act();
    const look = connectDatabase(database, { readOnly: true });
    edit = fingerprint(look);
    look.close();
    edits += 1;
  }

  return {
    running: () => running,
    userFolder,
    database,
    start: async () => {
      running = await launchApp({ userFolder });
      await connect();
    },
    connect,
    work: async (isOver) => {
      while (!isOver()) await step();
    },
    importOne,
    acknowledged: () => ({ edit, imports }),
    counts: () => ({ edits, imports: imports.length }),
    snapshot: async () => {
      const copy = path.join(userFolder, 'snapshot.sqlite');
      for (const suffix of ['', '-wal', '-shm']) await rm(copy + suffix, { force: true });
      await copyVerified(database, copy);
      return copy;
    },
    end: async () => {
      await running.close();
      await removeFolder(userFolder);
    },
  };
}
