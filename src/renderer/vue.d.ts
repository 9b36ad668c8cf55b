/** For tools that read TypeScript alone: what a `.vue` file exports. vue-tsc knows each one exactly. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export { component as default };
}
