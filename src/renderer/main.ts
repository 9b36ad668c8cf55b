import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import App from './app.vue';
import { provideApi } from './lib/api.ts';
import { connectToApp } from './lib/ports.ts';

// The page's security policy has no `unsafe-eval`; without this zod would try it once and be reported.
z.config({ jitless: true });

const app = createApp(App);
app.use(createPinia());
provideApi(app, await connectToApp());
app.mount('#app');
