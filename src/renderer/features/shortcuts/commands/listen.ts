import type { CommandsOf } from '../../../lib/keys.ts';
import { useMarks } from '../../marks/index.ts';
import { usePlayer } from '../../transport/index.ts';

/** What is heard, and how. */
export function listenCommands(): CommandsOf<'Listen'> {
  const marks = useMarks();
  const player = usePlayer();
  const seekBy = (seconds: number) => (): void => {
    player.seekBy(seconds);
  };
  return {
    'play-pause': player.toggle,
    'play-segment': () => {
      player.playSelection('once');
    },
    loop: player.toggleLoop,
    'to-start': () => {
      player.seek(0);
    },
    back: seekBy(-1),
    forward: seekBy(1),
    'back-far': seekBy(-5),
    'forward-far': seekBy(5),
    'next-mark': () => {
      marks.step(1);
    },
    'previous-mark': () => {
      marks.step(-1);
    },
    slower: () => {
      player.changeSpeed(-1);
    },
    faster: () => {
      player.changeSpeed(1);
    },
  };
}
