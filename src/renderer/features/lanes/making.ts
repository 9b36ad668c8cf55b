import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { CallOptions } from '#shared/rpc/connect.ts';

/** Something about a recording that may have to be computed first. */
export type Making<T> =
  | { readonly kind: 'none' }
  /** `fraction` is null until that has taken half a second: before, a bar would only flicker. */
  | { readonly kind: 'making'; readonly fraction: number | null }
  | { readonly kind: 'ready'; readonly id: number; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

const patience = 500;

/** Asks anew for every recording, and stops what nobody waits for any more: another one is shown, or none. */
export function useMaking<T>(
  id: () => number | null,
  ask: (id: number, options: Required<CallOptions>) => Promise<T>,
): { readonly state: Readonly<ShallowRef<Making<T>>>; readonly again: () => void } {
  const state = shallowRef<Making<T>>({ kind: 'none' });
  let controller = new AbortController();

  async function make(wanted: number): Promise<void> {
    controller = new AbortController();
    const { signal } = controller;
    const began = performance.now();
    const onProgress = ({ fraction }: { readonly fraction: number }): void => {
      if (!signal.aborted && performance.now() - began > patience) {
        state.value = { kind: 'making', fraction };
      }
    };
    state.value = { kind: 'making', fraction: null };
    try {
      const value = await ask(wanted, { signal, onProgress });
      if (!signal.aborted) state.value = { kind: 'ready', id: wanted, value };
    } catch (error) {
      if (!signal.aborted) state.value = { kind: 'failed', error: toErrorShape(error) };
    }
  }

  function restart(wanted: number | null): void {
    controller.abort();
    state.value = { kind: 'none' };
    if (wanted !== null) void make(wanted);
  }

  watch(id, restart, { immediate: true });
  onScopeDispose(() => {
    controller.abort();
  });
  return {
    state,
    again: () => {
      restart(id());
    },
  };
}
