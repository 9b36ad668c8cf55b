import type { Command } from '../../lib/keys.ts';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Keys that the step is about, as the table of keys has them. */
  readonly commands: readonly Command[];
}

/** What one does with a recording, in the order in which one does it. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'Listen',
    text:
      'The coloured areas show which emotion the speech may express, moment by moment; the row under them ' +
      'cuts it into segments. “Unsure” and “no speech” are answers too. Click anywhere to hear it from there.',
    commands: ['play-pause', 'next-segment'],
  },
  {
    title: 'Correct',
    text:
      'The model is often wrong: this one learned from English actors, and the sample is German. Choose a ' +
      'segment and press the number of the label that you hear. Your labels go on a row of your own, every step ' +
      'can be undone, and there is nothing to save.',
    commands: ['accept', 'undo'],
  },
  {
    title: 'Export',
    text:
      'Take the segments of this recording, or of all, as a table. Then drop recordings or a whole folder of ' +
      'your own into this window, or record one.',
    commands: ['export-recording', 'open-folder', 'keyboard'],
  },
];
