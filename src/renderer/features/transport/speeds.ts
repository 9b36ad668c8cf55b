export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The next faster or slower speed; the same one at either end. */
export function neighbourSpeed(speed: number, step: 1 | -1): number {
  const at = speeds.findIndex((each) => each >= speed);
  return speeds[at + step] ?? speed;
}
