import { z } from 'zod';
import type { Contract } from '../rpc/contract.ts';
import { grant } from './library.ts';

/** Commands of the application's menu; the page carries them out, so that keys and menu do the same. */
export const menuCommand = z.enum([
  'open-files',
  'open-folder',
  'export-recording',
  'export-all',
  'play-pause',
  'zoom-in',
  'zoom-out',
  'zoom-fit',
  'keyboard',
  'about',
]);
export type MenuCommand = z.infer<typeof menuCommand>;

/** What the page asks of the application's main process: dialogs and the desktop, nothing heavy. */
export const shellContract = {
  methods: {
    'dialog.openFiles': { args: z.object({}), result: z.array(grant).readonly() },
    'dialog.openFolder': { args: z.object({}), result: z.array(grant).readonly() },
    /** Where to save; null where the person thought better of it. */
    'dialog.saveCsv': { args: z.object({ suggestedName: z.string() }), result: grant.nullable() },
    /** Shows an exported file in the file manager. */
    'desktop.reveal': { args: z.object({ grant }), result: z.void() },
  },
  events: {
    'menu.command': menuCommand,
    /** The engine process came back after it had died; the page gets a new port with it. */
    'engine.restarted': z.object({ reason: z.string() }),
    /** The engine died too often to be started again; everything but analysis goes on. */
    'engine.unavailable': z.object({ reason: z.string() }),
  },
} as const satisfies Contract;
