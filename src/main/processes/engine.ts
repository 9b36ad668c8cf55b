import { createEngine } from '#engine/start.ts';
import { logBug, runService } from './entry.ts';

runService(() => {
  const engine = createEngine(logBug, new URL('./decoder.js', import.meta.url));
  return {
    connect: (_peer, port) => {
      engine.serve(port);
    },
    close: engine.close,
  };
});
