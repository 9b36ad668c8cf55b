import { networkSuite } from './suites/network.ts';
import { onBackend } from './support/on-backend.ts';

onBackend('portable', networkSuite);
