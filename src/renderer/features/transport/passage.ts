/** What is to be played: on to the end, one span once, or one span over and over. Seconds. */
export type Passage =
  | { readonly kind: 'open' }
  | { readonly kind: 'once'; readonly start: number; readonly end: number }
  | { readonly kind: 'loop'; readonly start: number; readonly end: number };

/** A passage that ends. */
export type Stretch = Exclude<Passage, { readonly kind: 'open' }>;

export type Step =
  | { readonly kind: 'go on' }
  | { readonly kind: 'stop'; readonly to: number }
  | { readonly kind: 'jump'; readonly to: number };

/** What the player does when it has come to `time`. */
export function nextStep(passage: Passage, time: number): Step {
  if (passage.kind === 'open' || time < passage.end) return { kind: 'go on' };
  return passage.kind === 'loop'
    ? { kind: 'jump', to: passage.start }
    : { kind: 'stop', to: passage.end };
}

/** A seek out of a passage ends it; within it, it goes on. */
export function afterSeek(passage: Passage, time: number): Passage {
  if (passage.kind === 'open') return passage;
  return time >= passage.start && time < passage.end ? passage : { kind: 'open' };
}
