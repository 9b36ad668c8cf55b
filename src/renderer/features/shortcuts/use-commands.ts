import { useApi } from '../../lib/api.ts';
import type { Command } from '../../lib/keys.ts';
import { useGuide } from '../guide/index.ts';
import { chooseCommands } from './commands/choose.ts';
import { editCommands } from './commands/edit.ts';
import { fileCommands } from './commands/files.ts';
import { labelCommands } from './commands/label.ts';
import { listenCommands } from './commands/listen.ts';
import { reviewCommands } from './commands/review.ts';
import { viewCommands } from './commands/view.ts';
import { useDialogs } from './dialogs.ts';

/** What each command does. Keys and the menu of the application both end here. */
export function useCommands(): Readonly<Record<Command, () => void>> {
  const dialogs = useDialogs();
  const guide = useGuide();
  const commands: Readonly<Record<Command, () => void>> = {
    ...listenCommands(),
    ...chooseCommands(),
    ...labelCommands(),
    ...reviewCommands(),
    ...editCommands(),
    ...viewCommands(),
    ...fileCommands(),
    tour: () => {
      guide.startTour();
    },
    'responsible-use': () => {
      guide.statementsShown = true;
    },
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
