export { useProject } from './project.ts';
