import type { RecordingChange } from '#shared/contract/catalogue.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { Project } from '../project.ts';

/** Changes what is known of recordings, all of them in one act. */
export function describeRecordings(
  { journal, recordings, recorded }: Project,
  about: readonly StoredRecording[],
  change: RecordingChange,
): void {
  const { name, speaker, note, difficult, addTag, removeTag, noteMark, removeMark, ...terms } =
    change;
  const [only] = about;
  const recordingId = about.length === 1 && only ? only.id : null;
  journal.act({ words: toWords(about, change), recordingId }, () => {
    for (const { id, speaker: before } of about) {
      if (name !== undefined) recordings.setName(id, name);
      if (speaker !== undefined && speaker !== before) {
        recordings.setSpeaker(id, speaker);
        // What it is normalised by is that of the speaker before.
        recordings.setProfile(id, '');
      }
      if (note !== undefined) recordings.setNote(id, note);
      if (difficult !== undefined) recordings.setDifficult(id, difficult);
      recordings.setTerms(id, terms);
      if (addTag !== undefined) recordings.addTag(id, addTag);
      if (removeTag !== undefined) recordings.removeTag(id, removeTag);
      if (noteMark !== undefined) {
        recorded.changeMarks(id, (marks) =>
          marks.map((mark) => (mark.at === noteMark.at ? noteMark : mark)),
        );
      }
      if (removeMark !== undefined) {
        recorded.changeMarks(id, (marks) => marks.filter(({ at }) => at !== removeMark));
      }
    }
  });
}

function toWords(about: readonly StoredRecording[], change: RecordingChange): string {
  const { name, speaker, addTag, removeTag, note, difficult } = change;
  const what = namesOf(about);
  if (name !== undefined) return `Renamed ${what} to ${name}`;
  if (speaker === '') return `Took the speaker off ${what}`;
  if (speaker !== undefined) return `Set the speaker of ${what} to ${speaker}`;
  if (addTag !== undefined) return `Tagged ${what} as ${addTag}`;
  if (removeTag !== undefined) return `Took the tag ${removeTag} off ${what}`;
  if (difficult === true) return `Marked ${what} as difficult to listen to`;
  if (difficult === false) return `Marked ${what} as not difficult to listen to`;
  const terms = termsWords(what, change);
  if (terms !== '') return terms;
  if (change.removeMark !== undefined) return `Removed a mark in ${what}`;
  if (change.noteMark !== undefined) return `Said something else of a mark in ${what}`;
  return note === '' ? `Deleted the note on ${what}` : `Noted something on ${what}`;
}

function termsWords(what: string, change: RecordingChange): string {
  const { consent, source, licence, keepUntil } = change;
  if (consent !== undefined) return `Put down the consent to ${what}: ${consent}`;
  if (source !== undefined) return `Put down where ${what} comes from`;
  if (licence !== undefined) return `Put down the licence of ${what}`;
  if (keepUntil === undefined) return '';
  return keepUntil === null
    ? `Took off until when ${what} may be kept`
    : `Put down that ${what} may be kept until ${keepUntil}`;
}

/** The name of one, or how many there are. */
export function namesOf(recordings: readonly StoredRecording[]): string {
  const [only] = recordings;
  return recordings.length === 1 && only ? only.name : `${recordings.length} recordings`;
}
