import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type {
  BridgeChannels,
  PageBridge,
  PortDelivery,
  PortName,
} from '#shared/contract/bridge.ts';

const channels: BridgeChannels = {
  connect: 'undertone:connect',
  port: 'undertone:port',
  grantDropped: 'undertone:grant-dropped',
};

// A MessagePort cannot cross the context bridge; posting it to the page's own window is the way that
// Electron documents.
ipcRenderer.on(channels.port, (event, name: PortName) => {
  const delivery: PortDelivery = { kind: 'undertone:port', name };
  window.postMessage(delivery, window.location.origin, event.ports);
});

const bridge: PageBridge<File> = {
  connect: () => {
    void ipcRenderer.invoke(channels.connect);
  },
  grantDropped: (files) => {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ipcRenderer.invoke(channels.grantDropped, paths) as Promise<readonly string[]>;
  },
};

contextBridge.exposeInMainWorld('undertone', bridge);
