/** Says of a recording whose file does not tell where in it the sound begins how far off its times may be. */
export function uncertainStartWords(seconds: number): string {
  return `The start is uncertain by up to ${milliseconds(seconds)}: the file does not say how much its encoder added.`;
}

/** The same of several recordings together. */
export function uncertainStartsWords(recordings: number, most: number): string {
  return `The start of ${recordings} recordings is uncertain by up to ${milliseconds(most)}: their files do not say how much their encoders added.`;
}

function milliseconds(seconds: number): string {
  return `${Math.ceil(1000 * seconds)} ms`;
}
