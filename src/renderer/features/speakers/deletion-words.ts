import type { SpeakerDeletion } from '#shared/contract/speakers.ts';
import { count } from '../../lib/words.ts';
import { dayAndTime } from '../project/index.ts';

type Going = SpeakerDeletion['recordings'];

/** Whether it stays if recordings with others in them do. */
export const isShared = ({ others }: Going[number]): boolean => others.length > 0;

/** What becomes of the sound; the person's own files are nobody's to delete. */
export function soundWords(going: Going): string {
  const inside = going.filter((recording) => recording.inside).length;
  if (inside === going.length) return 'Their sound was recorded here, and is deleted with them.';
  const files = going.length - inside;
  const stay = files === 1 ? 'stays where it is' : 'stay where they are';
  const here = inside === 0 ? '' : ` What was recorded here (${inside}) is deleted.`;
  return `${count(files, 'sound file')} of your own ${stay}; delete there what must go, too.${here}`;
}

/** Which versions of the model learnt from what goes; empty where none did. */
export function learntWords({ versions }: SpeakerDeletion, going: Going): string {
  const ids = new Set(going.map(({ id }) => id));
  const learners = versions.flatMap(({ number, learntFrom }) => {
    const own = learntFrom.filter((id) => ids.has(id)).length;
    return own > 0 ? [`version ${number} (${count(own, 'recording')})`] : [];
  });
  if (learners.length === 0) return '';
  const who = learners.join(', ');
  return (
    `${who.charAt(0).toUpperCase()}${who.slice(1)} of the model learnt from them. ` +
    'That stays in the model, which will say so; to leave it out, use the original and retrain.'
  );
}

/** What holds them still, and until when; empty where nothing does. */
export function remainsWords({ backups, copies }: SpeakerDeletion): readonly string[] {
  const lines: string[] = [];
  if (backups) {
    const holds = backups.count === 1 ? 'holds' : 'hold';
    lines.push(
      `${count(backups.count, 'backup')} still ${holds} their labels and notes, the last until ` +
        `${dayAndTime(backups.until)} if Undertone is used every week.`,
    );
  }
  if (copies.length > 0) {
    lines.push(
      'Older copies of the project’s database hold them until you delete these files in its ' +
        `folder: ${copies.join(', ')}.`,
    );
  }
  return lines;
}
