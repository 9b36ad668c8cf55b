/** The one function we use that neither ECMAScript's nor Node's declarations have. */
declare namespace WebAssembly {
  function validate(bytes: Uint8Array): boolean;
}

/** What we use of the two WebAssembly builds of PFFFT; the package brings no types. */
interface PffftModule {
  readonly HEAPF32: Float32Array<ArrayBuffer>;
  _pffft_new_setup(size: number, transform: 0 | 1): number;
  _pffft_aligned_malloc(bytes: number): number;
  _pffft_transform_ordered(
    setup: number,
    input: number,
    output: number,
    work: number,
    direction: 0 | 1,
  ): void;
}

declare module '@echogarden/pffft-wasm' {
  const load: () => Promise<PffftModule>;
  export { load as default };
}

declare module '@echogarden/pffft-wasm/simd' {
  const load: () => Promise<PffftModule>;
  export { load as default };
}
