import { layerSuite } from './suites/layers.ts';
import { onBackend } from './support/on-backend.ts';

onBackend('portable', layerSuite);
