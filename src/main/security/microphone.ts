import { powerSaveBlocker, systemPreferences } from 'electron';

/** The microphone, which the page may ask for only while the person has chosen to record. */
export interface Microphone {
  readonly setChosen: (chosen: boolean) => void;
  readonly isChosen: () => boolean;
  /** Asks the system, where it wants to be asked. */
  readonly askSystem: () => Promise<boolean>;
}

export function createMicrophone(): Microphone {
  /** Keeps the machine from going to sleep in the middle of an interview. */
  let blocker: number | undefined;
  return {
    setChosen: (chosen) => {
      if (chosen) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      else if (blocker !== undefined) {
        powerSaveBlocker.stop(blocker);
        blocker = undefined;
      }
    },
    isChosen: () => blocker !== undefined,
    askSystem: async () =>
      process.platform !== 'darwin' || systemPreferences.askForMediaAccess('microphone'),
  };
}
