import { z } from 'zod';

export const consent = z.enum(['not stated', 'given', 'refused', 'withdrawn']);

/** On what terms a recording is here: what was agreed with those who speak in it, and where it comes from. */
export const recordingTerms = z.object({
  consent,
  /** Empty where nobody said. */
  source: z.string(),
  licence: z.string(),
  /** The last day on which it may be kept, `YYYY-MM-DD`; null where none was agreed. */
  keepUntil: z.iso.date().nullable(),
});
export type RecordingTerms = Readonly<z.infer<typeof recordingTerms>>;
type Agreed = Pick<RecordingTerms, 'consent' | 'keepUntil'>;

/** How many recordings are left out of exports and training, by the reason. */
export const withheld = z.object({
  refused: z.number().int().nonnegative(),
  withdrawn: z.number().int().nonnegative(),
  expired: z.number().int().nonnegative(),
});
export type Withheld = Readonly<z.infer<typeof withheld>>;

export const nothingWithheld: Withheld = { refused: 0, withdrawn: 0, expired: 0 };

/** The day of a moment where this computer is, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

/** Whether a recording is kept longer than was agreed; on the last day it is not. */
export function isOverdue({ keepUntil }: Pick<Agreed, 'keepUntil'>, today: string): boolean {
  return keepUntil !== null && keepUntil < today;
}

/** Tells recordings that may be used from those that are to be left out; what people said goes before dates. */
export function withhold<T extends Agreed>(
  recordings: readonly T[],
  today: string,
): { readonly used: readonly T[]; readonly withheld: Withheld } {
  const counts = { ...nothingWithheld };
  const used = recordings.filter((recording) => {
    const reason = reasonToWithhold(recording, today);
    if (reason !== null) counts[reason] += 1;
    return reason === null;
  });
  return { used, withheld: counts };
}

function reasonToWithhold(agreed: Agreed, today: string): keyof Withheld | null {
  if (agreed.consent === 'refused' || agreed.consent === 'withdrawn') return agreed.consent;
  return isOverdue(agreed, today) ? 'expired' : null;
}
