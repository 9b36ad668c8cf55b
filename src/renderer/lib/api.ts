import { inject, type App, type InjectionKey } from 'vue';
import type { engineContract } from '#shared/contract/engine.ts';
import type { libraryContract } from '#shared/contract/library.ts';
import type { shellContract } from '#shared/contract/shell.ts';
import type { Client } from '#shared/rpc/connect.ts';

/** Everything that the page can reach outside itself: three connected processes and the dropped files. */
export interface AppApi {
  readonly library: Client<typeof libraryContract>;
  /** The present engine; a new one after a restart, so ask each time. */
  readonly engine: () => Client<typeof engineContract>;
  readonly shell: Client<typeof shellContract>;
  /** @returns a function that ends the subscription */
  readonly onEngineReplaced: (listener: () => void) => () => void;
  /** Turns files dropped on the window into tokens that the library understands. */
  readonly grantDropped: (files: readonly File[]) => Promise<readonly string[]>;
}

const key: InjectionKey<AppApi> = Symbol('app api');

export function provideApi(app: App, api: AppApi): void {
  app.provide(key, api);
}

/** @throws where nothing was provided: a mistake in main.ts, never a state that a person meets */
export function useApi(): AppApi {
  const api = inject(key);
  if (!api) throw new Error('The page is not connected: provideApi() was not called.');
  return api;
}
