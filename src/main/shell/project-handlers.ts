import { shell, type BrowserWindow } from 'electron';
import type { shellContract } from '#shared/contract/shell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Projects } from '../projects/setup-projects.ts';
import { chooseCopy, chooseNewProject, chooseProject } from './project-dialogs.ts';

type Methods = Handlers<typeof shellContract>;
type ProjectMethods = Pick<Methods, Extract<keyof Methods, `projects.${string}`>>;

/** Answers what the page asks about projects. */
export function projectHandlers(window: BrowserWindow, projects: Projects): ProjectMethods {
  return {
    'projects.state': () => projects.state(),
    'projects.create': async () => openChosen(await chooseNewProject(window), projects.create),
    'projects.open': async () => openChosen(await chooseProject(window), projects.open),
    'projects.openRecent': ({ id }) => openChosen(id, projects.openRecent),
    'projects.reopen': async () => {
      await projects.reopen();
      return true;
    },
    'projects.forget': async ({ id }) => {
      await projects.forget(id);
      return projects.state();
    },
    'projects.copy': async (_, { signal, report }) => {
      const to = await chooseCopy(window, projects.state().current.name);
      return to === undefined ? null : projects.copy(to, { signal, onProgress: report });
    },
    'projects.reveal': async () => {
      await shell.openPath(projects.folder());
    },
  };
}

async function openChosen(
  chosen: string | undefined,
  open: (chosen: string) => Promise<void>,
): Promise<boolean> {
  if (chosen === undefined) return false;
  await open(chosen);
  return true;
}
