import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { toErrorShape } from '#shared/contract/errors.ts';

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'failed' | 'notice';
  readonly message: string;
  readonly hint: string;
  /** A newer message about the same thing takes the place of this one. */
  readonly topic?: string;
  readonly way?: { readonly words: string; readonly go: () => void };
}

const most = 4;

/** Short messages at the corner of the window: what was done, and what could not be. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([]);
  let lastId = 0;

  /** The same message twice is shown once, and only the newest few are kept. */
  function show(toast: Omit<Toast, 'id'>): void {
    const others = toasts.value.filter(
      ({ message, topic }) =>
        message !== toast.message && (topic === undefined || topic !== toast.topic),
    );
    toasts.value = [...others.slice(1 - most), { ...toast, id: ++lastId }];
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  /** Runs what the person asked for and puts its failure into words; a cancelled act is silent. */
  async function attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const { code, message, hint } = toErrorShape(error);
      if (code !== 'cancelled') show({ kind: 'failed', message, hint });
    }
  }

  return { toasts, show, dismiss, attempt };
});
