/**
 * The frequency axis of spectrograms: equal steps in mel (1125 ln(1 + f / 700)), as pitch is heard, from 0 Hz to half the
 * rate that everything is analysed at. Places run from 0 at the bottom to 1 at the top.
 */
const highestFrequency = 8000;

const melOf = (hertz: number): number => 1125 * Math.log(1 + hertz / 700);
const mels = melOf(highestFrequency);

export function placeOf(hertz: number): number {
  return melOf(hertz) / mels;
}

export function frequencyAt(place: number): number {
  return 700 * (Math.exp((place * mels) / 1125) - 1);
}
