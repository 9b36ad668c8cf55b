import { kernelSuite } from './suites/kernels.ts';
import { onBackend } from './support/on-backend.ts';

onBackend('native', kernelSuite);
