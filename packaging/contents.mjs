/**
 * What of `node_modules` goes into the application. electron-builder takes the packages of `dependencies` with
 * theirs; much in them is for other runtimes, for developers or for installing.
 */
const needless = [
  '**/*.{map,ts,mts,cts,md,markdown,html,tsbuildinfo,c,cc,cpp,h,hpp,gyp,gypi}',
  '**/{test,tests,__tests__,example,examples,docs,benchmark,.github}/**',
  // TensorFlow.js: the builds for Node are enough.
  '@tensorflow/**/*.{min,es2017,fesm}.js',
  '@tensorflow/*/{src,scripts}/**',
  '@tensorflow/tfjs*/dist/{miniprogram,tools}/**',
  '@tensorflow/tfjs-backend-webgl/dist/**/*_test.js',
  '@tensorflow/tfjs-node/{binding,deps/include,scripts,tools,build-tmp-napi-v8}/**',
  // Only for the linker: the addon names the real files.
  '@tensorflow/tfjs-node/deps/lib/{libtensorflow.so,libtensorflow_framework.so}',
  // Players and network protocols of the decoder's package; only its bindings to FFmpeg are used.
  '{mediabunny,werift,werift-*,mp4box,asn1js,multicast-dns}/**',
  '{@peculiar,@noble,@fidm,@shinyoshiaki}/**',
  // Of ONNX Runtime for the web, only what the portable engine loads.
  'onnxruntime-web/{dist,lib,docs}/**',
  'onnxruntime-node/{bin,lib,script}/**',
  // Of the package that carries the voice activity model, only the model.
  '@ricky0123/vad-web/**',
];

const wanted = [
  'onnxruntime-web/dist/{ort.node.min.js,ort.node.min.mjs,ort-wasm-simd-threaded.mjs,ort-wasm-simd-threaded.wasm}',
  // `platform` and `arch` are those that are packaged for.
  'onnxruntime-node/bin/napi-v6/${platform}/${arch}/**',
  '@ricky0123/vad-web/{package.json,LICENSE*}',
  '@ricky0123/vad-web/dist/silero_vad_v6.onnx',
];

/** Patterns of electron-builder's `files`. */
export const files = [
  'package.json',
  'LICENSE',
  'out/**',
  '!out/**/*.map',
  ...needless.map((pattern) => `!node_modules/${pattern}`),
  ...wanted.map((pattern) => `node_modules/${pattern}`),
];

/** What native code opens by its path, and so cannot lie in the archive. */
export const unpacked = [
  '**/*.node',
  '**/*.{so,so.*,dylib,dll}',
  'node_modules/@tensorflow/tfjs-node/deps/**',
];
