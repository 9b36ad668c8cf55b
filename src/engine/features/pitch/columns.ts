/**
 * What pitch analysis says of each frame:
 * - `f0`: semitones above 27.5 Hz (as in eGeMAPS); NaN where unvoiced;
 * - `voicing`: strength of the strongest period, 0 (noise) to 1 (exactly periodic), in every frame;
 * - `hnr`: harmonics-to-noise ratio in dB, at most 40; NaN where unvoiced;
 * - `h1h2`: first harmonic over second in dB, higher for a breathier voice; NaN where unvoiced.
 */
export const pitchColumns = ['f0', 'voicing', 'hnr', 'h1h2'] as const;
