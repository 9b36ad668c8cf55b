import { app, dialog } from 'electron';
import type { Ending } from '../processes/child.ts';

/** Says why Undertone cannot go on without what has ended, and ends. */
export function tellAndQuit(ending: Ending): void {
  const [message, detail] =
    ending.kind === 'refused'
      ? [ending.error.message, ending.error.hint]
      : ['Undertone has to close.', `What was saved is safe. The reason: ${ending.reason}.`];
  void dialog
    .showMessageBox({ type: 'error', title: 'Undertone', message, detail, buttons: ['Quit'] })
    .then(() => {
      app.quit();
    });
}
