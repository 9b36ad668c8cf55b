export { default as ProjectMenu } from './project-menu.vue';
export { default as ProjectNotes } from './project-notes.vue';
export { useProject } from './project.ts';
export { useProjects } from './projects.ts';
export { dayAndTime } from './recovery-words.ts';
