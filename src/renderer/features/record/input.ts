import { useEventListener, useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useApi } from '../../lib/api.ts';
import { createInputMeter, noInput } from './input-level.ts';
import { openMicrophone, type Microphone, type MicrophoneListener } from './microphone.ts';

/** The microphone: which one, whether it is on, and how loud it is. */
export const useInput = defineStore('input', () => {
  const { shell } = useApi();
  const microphone = shallowRef<Microphone | null>(null);
  const devices = shallowRef<readonly MediaDeviceInfo[]>([]);
  const deviceId = useLocalStorage('microphone', '');
  const level = shallowRef(noInput);
  const isOn = computed(() => microphone.value !== null);

  /** @throws UndertoneError as `openMicrophone` does */
  async function switchOn({ onBlock, onLost }: MicrophoneListener): Promise<void> {
    microphone.value?.close();
    await shell.call('microphone.choose', { chosen: true });
    const meter = createInputMeter();
    const opened = await openMicrophone(deviceId.value, {
      onBlock: (block) => {
        // The first block may come before all of this is known.
        if (microphone.value !== opened) return;
        level.value = meter(block.samples, block.frames / opened.shape.sampleRate);
        onBlock(block);
      },
      onLost,
    });
    microphone.value = opened;
    await listDevices();
  }

  async function switchOff(): Promise<void> {
    microphone.value?.close();
    microphone.value = null;
    level.value = noInput;
    await shell.call('microphone.choose', { chosen: false });
  }

  async function listDevices(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    devices.value = all.filter(({ kind }) => kind === 'audioinput');
  }
  useEventListener(navigator.mediaDevices, 'devicechange', () => {
    if (isOn.value) void listDevices();
  });

  return { microphone, devices, deviceId, level, isOn, switchOn, switchOff };
});
