import type { Recovery } from '#shared/domain/recovery.ts';
import { count } from '../../lib/words.ts';

/** `24 November 2026, 04:12`, in the words of the system's language. */
export function dayAndTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
}

/** What was done about a damaged project, one sentence a line. */
export function recoveryWords(report: Recovery): readonly string[] {
  const kept = report.keptAs
    ? `The damaged file is kept in the project folder as ${report.keptAs}.`
    : '';
  const content = `${count(report.recordings, 'recording')} and ${count(report.segments, 'segment')}`;
  return [...outcome(report, content), kept].filter(Boolean);
}

function outcome(report: Recovery, content: string): readonly string[] {
  switch (report.used) {
    case 'salvage':
      return [
        `What could be read of it is here: ${content}.`,
        lostWords(report),
        report.historyLost ? 'The history of edits begins anew.' : '',
      ];
    case 'backup':
      return [
        `Too little of it could be read, so this is the backup of ${dayAndTime(report.backupAt ?? report.at)}: ${content}.`,
        'What was done after that is not in it.',
      ];
    case 'nothing':
      return [
        'Nothing of it could be read, and there was no good backup: the project is empty now.',
      ];
  }
}

function lostWords({ lost }: Recovery): string {
  if (lost === null) return 'Parts of it could not be read at all.';
  return lost === 0
    ? 'Nothing was lost.'
    : `Up to ${count(lost, 'entry').replace('entrys', 'entries')} could not be read.`;
}
