import Module from 'node:module';

/** Preloaded by a test: as on a machine where TensorFlow's native library is not to be had. */
const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load;
loader._load = (request, ...rest) => {
  if (request.endsWith('tfjs_binding.node')) {
    throw new Error('libtensorflow.so.2: cannot open shared object file');
  }
  return load(request, ...rest);
};
