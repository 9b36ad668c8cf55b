export { default as AgreementPanel } from './agreement-panel.vue';
