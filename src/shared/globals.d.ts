/**
 * The few globals that every runtime of ours has (Node, Electron's utility process, the page) and that
 * ECMAScript's own library does not declare. Only tsconfig.shared.json sees this file; the other
 * environments bring their own, fuller declarations.
 */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}

declare const AbortController: new () => AbortController;
