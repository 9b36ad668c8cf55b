/**
 * What the extractors look at: one frame of 512 samples at 16 kHz. They count through it by index, because
 * `for ... of` over a typed array takes eight times as long.
 */
export interface SpectralFrame {
  /** The samples times the window. Meyda's time-domain features are of the windowed signal too. */
  readonly samples: Float32Array;
  /** Magnitudes of the bins 0 to 255; Meyda leaves Nyquist out. */
  readonly amplitude: Float32Array;
  /** `moments[i]`: mean of the bin number to the power of `i`, weighted by magnitude; i = 0 to 4. */
  readonly moments: Float64Array;
}
