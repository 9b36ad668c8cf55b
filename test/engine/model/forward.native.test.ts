import { forwardSuite } from './suites/forward.ts';
import { onBackend } from './support/on-backend.ts';

onBackend('native', forwardSuite);
