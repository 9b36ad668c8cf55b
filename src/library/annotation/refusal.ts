import { UndertoneError } from '#shared/contract/errors.ts';

/** Why an act cannot be done, in the words that the person reads. */
const reasons = {
  'no-room': 'there is no room for it between the other segments of the tier',
  'not-inside': 'the cursor is not inside the segment',
  'only-one': 'it takes two segments or more',
  'several-tiers': 'the segments are on different tiers',
  'not-adjacent': 'another segment lies between them',
  'model-tier': 'what the model found stays as it is; accept it, and change that',
  'not-an-annotator': 'that is not the tier of an annotator',
  'labelled-already': 'this stretch is labelled already; choose the segment that is there',
  'not-read': 'the recording has not been read yet',
  'name-taken': 'that name is taken',
  'key-taken': 'two labels have the same key',
  'retraining-runs': 'the model is being retrained already',
  'version-on-offer': 'a retrained version waits for you to keep or discard it',
  'no-offer': 'there is no such version on offer',
  'one-recording': 'it takes two analysed recordings of the speaker or more',
  'all-withheld': 'consent was refused or withdrawn, or the recordings are kept longer than agreed',
  'not-measured': 'the speaker has to be measured again first',
} as const;

export function refusal(reason: keyof typeof reasons): UndertoneError {
  return new UndertoneError('edit-refused', { detail: reasons[reason] });
}
