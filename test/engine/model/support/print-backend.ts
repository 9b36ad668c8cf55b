import { loadBackend, tf } from '#engine/model/backend.ts';

const backend = await loadBackend();
const product = tf.tidy(() => [...tf.matMul([[1, 2]], [[3], [4]]).dataSync()]);
const { sharedObjects } = process.report.getReport() as { sharedObjects: readonly string[] };
const nativeLibraries = sharedObjects.filter((name) => /tensorflow|tfjs/.test(name));
const errorHandlers = ['uncaughtException', 'unhandledRejection']
  .map((event) => process.listenerCount(event))
  .reduce((sum, count) => sum + count);
process.stdout.write(JSON.stringify({ backend, product, nativeLibraries, errorHandlers }));
