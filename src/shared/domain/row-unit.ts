/** What a row of a table is about: a stretch with one label, a step of the track, or a whole recording. */
export const rowUnits = ['segment', 'window', 'recording'] as const;
export type RowUnit = (typeof rowUnits)[number];
