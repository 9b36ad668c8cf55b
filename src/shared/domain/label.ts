/**
 * What a stretch of a recording can be called. The emotion labels come from the model's card; two words
 * are kept for what is no emotion at all.
 */
export const unsure = 'unsure';
export const noSpeech = 'no speech';

export type Label = string;

export function isEmotion(label: Label): boolean {
  return label !== unsure && label !== noSpeech;
}
