import { z } from 'zod';
import type { Contract } from '../rpc/contract.ts';
import { errorShape } from './errors.ts';
import { grant } from './grant.ts';

/** Commands of the application's menu; the page carries them out, so that keys and menu do the same. */
export const menuCommand = z.enum([
  'project-new',
  'project-open',
  'project-copy',
  'project-reveal',
  'open-files',
  'open-folder',
  'import-annotations',
  'export-recording',
  'export-all',
  'export-other',
  'undo',
  'redo',
  'play-pause',
  'zoom-in',
  'zoom-out',
  'zoom-fit',
  'keyboard',
  'tour',
  'responsible-use',
  'about',
]);
export type MenuCommand = z.infer<typeof menuCommand>;

/** A project folder as the page shows it; it names one by its id alone. */
const projectPlace = z.object({
  id: z.string(),
  name: z.string(),
  /** For reading only. */
  folder: z.string(),
  /** Whether the folder was there when it was last looked at. */
  there: z.boolean(),
});
export type ProjectPlace = Readonly<z.infer<typeof projectPlace>>;

const projectsState = z.object({
  current: projectPlace,
  /** Those opened before, the newest first, without the current one. */
  recent: z.array(projectPlace).readonly(),
  /** Why another project than the last one was opened at the start; null where it was not so. */
  failure: errorShape.nullable(),
});
export type ProjectsState = Readonly<z.infer<typeof projectsState>>;

/** What the page asks of the application's main process: dialogs and the desktop, nothing heavy. */
export const shellContract = {
  methods: {
    'dialog.openFiles': { args: z.object({}), result: z.array(grant).readonly() },
    'dialog.openFolder': { args: z.object({}), result: z.array(grant).readonly() },
    'dialog.openAnnotations': { args: z.object({}), result: z.array(grant).readonly() },
    /** Where to save a version of the model; null where the person thought better of it. */
    'dialog.saveModel': { args: z.object({ suggestedName: z.string() }), result: grant.nullable() },
    'dialog.openModel': { args: z.object({}), result: grant.nullable() },
    /**
     * Where to save a file, or without an ending a folder that is not there yet; null where the person thought better
     * of it.
     */
    'dialog.saveExport': {
      args: z.object({
        suggestedName: z.string(),
        /** What the file is, and what its name ends in, without the first dot. */
        kind: z.object({ title: z.string(), ending: z.string().regex(/^\w+(\.\w+)*$/) }).nullable(),
      }),
      result: grant.nullable(),
    },
    /** Shows an exported file or folder in the file manager. */
    'desktop.reveal': { args: z.object({ grant }), result: z.void() },
    /** Whether nobody has used Undertone here before. */
    'start.describe': { args: z.object({}), result: z.object({ first: z.boolean() }) },
    /** The sample recording that comes with the application. */
    'sample.offer': { args: z.object({}), result: grant },
    /** Whether the page may ask for the microphone from now on: the person has chosen to record. */
    'microphone.choose': { args: z.object({ chosen: z.boolean() }), result: z.void() },
    'projects.state': { args: z.object({}), result: projectsState },
    /**
     * These four ask for a folder where they need one. Where they open another project the page is loaded
     * again; where that one cannot be opened everything stays as it is.
     *
     * @returns false where the person thought better of it
     */
    'projects.create': { args: z.object({}), result: z.boolean() },
    'projects.open': { args: z.object({}), result: z.boolean() },
    'projects.openRecent': { args: z.object({ id: z.string() }), result: z.boolean() },
    /** Closes the open project and opens it anew. */
    'projects.reopen': { args: z.object({}), result: z.boolean() },
    /** Takes a project off the recent list; its folder stays as it is. */
    'projects.forget': { args: z.object({ id: z.string() }), result: projectsState },
    /**
     * Copies the open project to another place, checks the copy, and reports progress.
     *
     * @returns where it is, among the recent ones; null where the person thought better of it
     */
    'projects.copy': { args: z.object({}), result: projectPlace.nullable() },
    /** Shows the open project in the file manager. */
    'projects.reveal': { args: z.object({}), result: z.void() },
  },
  events: {
    'menu.command': menuCommand,
    /** The engine process came back after it had died; the page gets a new port with it. */
    'engine.restarted': z.object({ reason: z.string() }),
    /** The engine died too often to be started again; everything but analysis goes on. */
    'engine.unavailable': z.object({ reason: z.string() }),
  },
} as const satisfies Contract;
