import { predictorSuite } from './suites/predictor.ts';
import { onBackend } from './support/on-backend.ts';

onBackend('native', predictorSuite);
