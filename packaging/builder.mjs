import { files, unpacked } from './contents.mjs';

/**
 * The configuration of electron-builder. Linux is packaged and started by a test; what macOS and Windows need
 * is here, and has been run on neither.
 *
 * @param {{ readonly version: string, readonly folder: string, readonly output: string }} runtime Electron's version and
 *   folder, and where the result goes
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ version, folder, output }) {
  return {
    appId: 'org.undertone.app',
    productName: 'Undertone',
    copyright: 'GPL-3.0-or-later; the model weights CC BY-NC-SA 4.0',
    electronVersion: version,
    electronDist: folder,
    directories: { output, buildResources: 'packaging/icons' },
    // The native parts are Node-API and need no other build for Electron.
    npmRebuild: false,
    asar: true,
    asarUnpack: unpacked,
    files,
    extraResources: [
      { from: 'resources/models', to: 'models' },
      { from: 'resources/sample', to: 'sample' },
    ],
    extraFiles: [{ from: 'LICENSE', to: 'LICENSE' }],
    electronLanguages: ['en-US'],
    electronFuses: fuses,
    publish: null,
    linux: {
      target: ['dir'],
      category: 'AudioVideo',
      executableName: 'undertone',
      icon: 'packaging/icons/512x512.png',
    },
    mac: {
      target: ['dmg'],
      category: 'public.app-category.productivity',
      icon: 'packaging/icons/512x512.png',
      hardenedRuntime: true,
      entitlements: 'packaging/entitlements.plist',
      entitlementsInherit: 'packaging/entitlements.plist',
      extendInfo: {
        NSMicrophoneUsageDescription:
          'Undertone records from the microphone when you choose to; nothing leaves this computer.',
      },
    },
    win: { target: ['nsis'], icon: 'packaging/icons/512x512.png' },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  };
}

/** Electron's switches that are burnt into the binary: it runs this application and nothing else. */
const fuses = /** @type {const} */ ({
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
});
