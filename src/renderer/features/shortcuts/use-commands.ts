import { useApi } from '../../lib/api.ts';
import type { Command } from '../../lib/keys.ts';
import { useExport } from '../export/index.ts';
import { useLibrary } from '../library/index.ts';
import { useRecording } from '../recording/index.ts';
import { useView } from '../stage/index.ts';
import { usePlayer } from '../transport/index.ts';
import { useDialogs } from './dialogs.ts';

/** What each command does. Keys and the menu of the application both end here. */
export function useCommands(): Readonly<Record<Command, () => void>> {
  const library = useLibrary();
  const recording = useRecording();
  const player = usePlayer();
  const view = useView();
  const exports = useExport();
  const dialogs = useDialogs();

  const commands: Readonly<Record<Command, () => void>> = {
    'open-files': () => void library.openFiles(),
    'open-folder': () => void library.openFolder(),
    'export-recording': () => void exports.exportOne(),
    'export-all': () => void exports.exportAll(),
    'play-pause': player.toggle,
    'to-start': () => {
      player.seek(0);
    },
    back: () => {
      player.seekBy(-1);
    },
    forward: () => {
      player.seekBy(1);
    },
    'back-far': () => {
      player.seekBy(-5);
    },
    'forward-far': () => {
      player.seekBy(5);
    },
    slower: () => {
      player.changeSpeed(-1);
    },
    faster: () => {
      player.changeSpeed(1);
    },
    loop: player.toggleLoop,
    'next-segment': () => {
      recording.selectNeighbour(1);
    },
    'previous-segment': () => {
      recording.selectNeighbour(-1);
    },
    deselect: () => {
      recording.selectSegment(null);
    },
    'zoom-in': () => {
      view.zoom(1.6);
    },
    'zoom-out': () => {
      view.zoom(1 / 1.6);
    },
    'zoom-fit': view.fit,
    about: () => {
      dialogs.about = true;
    },
    keyboard: () => {
      dialogs.keyboard = true;
    },
  };

  useApi().shell.on('menu.command', (command) => {
    commands[command]();
  });
  return commands;
}
