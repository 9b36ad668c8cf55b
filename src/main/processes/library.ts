import { openLibrary } from '#library/start.ts';
import { engineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/connect.ts';
import { logBug, runService } from './entry.ts';

const [projectFolder = '', modelFolder = '', appVersion = '', backupsFolder = ''] =
  process.argv.slice(2);

runService(async () => {
  const library = await openLibrary({
    projectFolder,
    modelFolder,
    appVersion,
    backupsFolder,
    threadScript: new URL('./thread.js', import.meta.url),
    onBug: logBug,
  });
  return {
    connect: (peer, port) => {
      switch (peer) {
        case 'host':
          library.serveHost(port);
          return;
        case 'page':
          library.servePage(port);
          return;
        case 'engine':
          library.setEngine(connect(port, engineContract));
          return;
        case 'library':
          throw new Error('The library was given a port to itself.');
      }
    },
    close: library.close,
  };
});
