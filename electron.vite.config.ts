import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

/** Electron 33 is the oldest runtime that the application is run on: Chrome 130 with Node 20.18. */
const node = 'node20.18';
const chrome = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: node,
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          library: resolve('src/main/processes/library.ts'),
          engine: resolve('src/main/processes/engine.ts'),
          decoder: resolve('src/engine/audio/aside/decoder.ts'),
          thread: resolve('src/library/thread/work.ts'),
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      target: node,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        // A sandboxed preload script can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue()],
    // Replaced by a fresh nonce at every load; see src/main/protocol.
    html: { cspNonce: '__NONCE__' },
    build: {
      target: chrome,
      sourcemap: true,
      // The page's security policy has no `data:` for fonts, and files are as near as strings here.
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve('src/renderer/index.html') },
    },
  },
});
