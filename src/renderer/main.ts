// First: what follows looks at it while it loads.
import './lib/page-policy.ts';
import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/menu.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app.vue';
import { provideApi } from './lib/api.ts';
import { connectToApp } from './lib/ports.ts';

const app = createApp(App);
provideApi(app, await connectToApp());
app.use(createPinia());
app.mount('#app');
