import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { toErrorShape } from '#shared/contract/errors.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';

type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly status: EngineStatus }
  | { readonly kind: 'unreachable'; readonly message: string };

/** Which engine computes, and what became of it when it stopped. */
export const useEngine = defineStore('engine', () => {
  const { engine, shell, onEngineReplaced } = useApi();
  const toasts = useToasts();
  const state = shallowRef<EngineState>({ kind: 'starting' });

  const words = computed(() => {
    const now = state.value;
    if (now.kind === 'starting') return 'Engine is starting';
    if (now.kind === 'unreachable') return now.message;
    const { engine: kind, version, reason } = now.status;
    if (kind === 'native') return `Native engine, ONNX Runtime ${version}`;
    return `Portable engine, ONNX Runtime ${version} on WebAssembly${reason && `: ${reason}`}`;
  });

  async function ask(): Promise<void> {
    state.value = { kind: 'starting' };
    const asked = engine();
    try {
      const status = await asked.call('engine.status', {});
      if (asked === engine()) state.value = { kind: 'running', status };
    } catch (error) {
      // An engine that died meanwhile has a successor, which is asked by `onEngineReplaced`.
      if (asked === engine()) {
        state.value = { kind: 'unreachable', message: toErrorShape(error).message };
      }
    }
  }

  onEngineReplaced(() => void ask());
  shell.on('engine.restarted', ({ reason }) => {
    toasts.show({
      kind: 'notice',
      message: 'The analysis engine stopped and was started again.',
      hint: `${reason ? `Reason: ${reason}. ` : ''}What it was working on is run once more.`,
    });
  });
  shell.on('engine.unavailable', ({ reason }) => {
    state.value = { kind: 'unreachable', message: 'No engine: nothing new can be analysed' };
    toasts.show({
      kind: 'failed',
      message: 'The analysis engine stopped too often and was not started again.',
      hint: `${reason ? `Reason: ${reason}. ` : ''}What is analysed can be used; restart Undertone to analyse more.`,
    });
  });

  return { state, words, ask };
});
