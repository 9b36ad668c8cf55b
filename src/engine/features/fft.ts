/**
 * A real FFT of one size with its two buffers. Reading or writing a buffer is free; a transform overwrites
 * the other one. Plans are shared: use the result before anybody else can run.
 */
export interface RealFft {
  readonly size: number;
  /** `size` real samples. */
  readonly time: Float32Array;
  /** `[dc, nyquist, re 1, im 1, re 2, im 2, ...]`, `size` numbers. */
  readonly spectrum: Float32Array;
  /** `time` -> `spectrum`, not scaled. */
  forward(): void;
  /** `spectrum` -> `time`, not scaled: forward and inverse together multiply by `size`. */
  inverse(): void;
}

export type FftBuild = 'simd' | 'plain';

const plans = new Map<string, Promise<RealFft>>();

/**
 * PFFFT's plan for `size`, which must be a multiple of 32 made of the factors 2, 3 and 5. Made once for
 * each size and kept: a process uses two or three sizes in its life.
 */
export function realFft(size: number, build: FftBuild = fastestBuild()): Promise<RealFft> {
  const key = `${build} ${size}`;
  const known = plans.get(key);
  if (known !== undefined) return known;
  const plan = createPlan(size, build);
  plans.set(key, plan);
  return plan;
}

async function createPlan(size: number, build: FftBuild): Promise<RealFft> {
  const { default: load } =
    build === 'simd'
      ? await import('@echogarden/pffft-wasm/simd')
      : await import('@echogarden/pffft-wasm');
  // An instance of its own: when a WebAssembly memory grows, every view of it is dead.
  const pffft = await load();
  const setup = pffft._pffft_new_setup(size, 0);
  const timeAt = pffft._pffft_aligned_malloc(size * 4);
  const spectrumAt = pffft._pffft_aligned_malloc(size * 4);
  const memory = pffft.HEAPF32.buffer;
  return {
    size,
    time: new Float32Array(memory, timeAt, size),
    spectrum: new Float32Array(memory, spectrumAt, size),
    forward: () => {
      pffft._pffft_transform_ordered(setup, timeAt, spectrumAt, 0, 0);
    },
    inverse: () => {
      pffft._pffft_transform_ordered(setup, spectrumAt, timeAt, 0, 1);
    },
  };
}

function fastestBuild(): FftBuild {
  return WebAssembly.validate(smallestSimdModule) ? 'simd' : 'plain';
}

/** A module whose one function returns `i8x16.splat(0)`: valid only where WebAssembly has SIMD. */
const smallestSimdModule = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // type: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // one function of that type
  ...[0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b], // i32.const 0; i8x16.splat
);
