import type { CommandsOf } from '../../../lib/keys.ts';
import { useExport } from '../../export/index.ts';
import { useImporting } from '../../import/index.ts';
import { useLibrary } from '../../library/index.ts';
import { useProjects } from '../../project/index.ts';
import { useRecorder } from '../../record/index.ts';

/** Projects, recordings and what goes out of them. */
export function fileCommands(): CommandsOf<'Files'> {
  const projects = useProjects();
  const library = useLibrary();
  const exports = useExport();
  const recorder = useRecorder();
  const importing = useImporting();
  return {
    'project-new': () => void projects.create(),
    'project-open': () => void projects.open(),
    'project-copy': () => void projects.copy(),
    'project-reveal': () => void projects.reveal(),
    'open-files': () => void library.openFiles(),
    'open-folder': () => void library.openFolder(),
    'import-annotations': () => void importing.choose(),
    record: () => void recorder.open(),
    'export-recording': () => void exports.exportOne(),
    'export-all': () => void exports.exportAll(),
    'export-other': () => void exports.ask(),
  };
}
