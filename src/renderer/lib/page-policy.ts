/**
 * Prepares libraries for the page's security policy. To be imported before all else: each of them looks
 * once, when it is loaded.
 */
import { z } from 'zod';
import { isWaveformSkeleton } from './waveform-skeleton.ts';

declare global {
  interface Window {
    /** TypeScript's DOM library does not know it yet. */
    readonly trustedTypes?: {
      readonly createPolicy: (
        name: string,
        rules: { readonly createHTML: (markup: string) => string | null },
      ) => unknown;
    };
  }
}

// Otherwise zod tries, with every first schema, whether it may compile code, and is reported for it.
z.config({ jitless: true });

// Markup from strings is forbidden. wavesurfer.js builds its shadow root from one: that one is let through
// and nothing else, whoever asks.
window.trustedTypes?.createPolicy('default', {
  createHTML: (markup) => (isWaveformSkeleton(markup) ? markup : null),
});
