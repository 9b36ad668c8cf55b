import { formatClock } from '#shared/domain/time.ts';
import type { InputLevel } from './input-level.ts';

/** What may go wrong with a recording, as far as it shows. */
export interface RecordingState {
  readonly level: InputLevel;
  /** Seconds of sound that are not in the file yet. */
  readonly waiting: number;
  /** Seconds that the disk has room for. */
  readonly room: number;
}

const lowRoom = 600;
const longWait = 2;

/** The most urgent thing to say; empty where all is well. */
export function warningOf({ level, waiting, room }: RecordingState): string {
  if (waiting > longWait) return `The disk is slow: ${waiting.toFixed(0)} s wait to be written.`;
  if (room < lowRoom) return `The disk has room for ${formatClock(room, 0)} more.`;
  if (level.silent) return 'The microphone gives only silence. Is it muted?';
  if (level.clips) return 'Too loud: peaks are cut off. Move away or turn the input down.';
  return '';
}
