import { app } from 'electron';

/** Before `ready`: every page in a sandbox, and nothing of Chromium's that would reach for the network. */
export function setupSwitches(): void {
  // Chromium refuses to run as root with its sandbox, and in a container there may be only root: who starts
  // Undertone with `--no-sandbox` has decided. Enabling the sandbox here would take that switch back.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-domain-reliability');
  // Undertone makes no connections: whatever asks for an address by name is told that there is none.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}
