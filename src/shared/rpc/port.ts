/** The least that a page's MessagePort, Electron's MessagePortMain and Node's MessagePort share. */
export interface Port {
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
}
