import { ipcMain, type WebContents } from 'electron';
import type { z } from 'zod';
import { UndertoneError } from '#shared/contract/errors.ts';
import { isOwnPage } from '../security/own-page.ts';

/**
 * The only way in for a message of a preload script: from the top frame of our own page, with arguments
 * that fit the schema.
 */
export function handle<S extends z.ZodType, R>(
  channel: string,
  schema: S,
  handler: (args: z.output<S>, sender: WebContents) => Promise<R> | R,
): void {
  ipcMain.handle(channel, (event, args: unknown) => {
    // Read before anything is awaited: a frame that is gone later cannot be asked who it was.
    const known = isOwnPage(event.senderFrame);
    const parsed = schema.safeParse(args);
    if (!known || !parsed.success) throw new UndertoneError('invalid-call', { detail: channel });
    return handler(parsed.data, event.sender);
  });
}
