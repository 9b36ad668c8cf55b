import { z } from 'zod';

/** Whom the page is given a port to. */
const portName = z.enum(['library', 'engine', 'shell']);
export type PortName = z.infer<typeof portName>;

/** What the preload script posts to its own page, with one port; the page takes nothing else for a port. */
export const portDelivery = z.object({ kind: z.literal('undertone:port'), name: portName });
export type PortDelivery = Readonly<z.infer<typeof portDelivery>>;

/**
 * What the preload script puts on the page's `window.undertone`, whole.
 *
 * @typeParam DroppedFile the page's `File`, a type that shared code does not have
 */
export interface PageBridge<DroppedFile> {
  /** Asks for ports to the library, the engine and the shell; each arrives as a `PortDelivery`. */
  readonly connect: () => void;
  /**
   * Registers files and folders that were dropped on the page and gives their grants. The paths go to the
   * main process and never to the page; what is no file of the disk is left out.
   */
  readonly grantDropped: (files: readonly DroppedFile[]) => Promise<readonly string[]>;
}

/** Channels between the preload script, which imports nothing at run time, and the main process. */
export interface BridgeChannels {
  readonly connect: 'undertone:connect';
  readonly port: 'undertone:port';
  readonly grantDropped: 'undertone:grant-dropped';
}
