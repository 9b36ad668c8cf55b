/**
 * What Undertone says about itself wherever it speaks: README, first start, Help, model cards and the file beside
 * every export. One source, so that none of them says less.
 */
export const statements = {
  meaning:
    'Undertone estimates how speech may sound to listeners. It does not know what anyone feels. ' +
    'Treat every score as a hypothesis to check by ear.',
  misuse:
    'Do not use it on employees, applicants, pupils or students, or to decide about a person’s job, schooling, ' +
    'credit, insurance, benefits, health, policing or migration. In the European Union, inferring emotions at ' +
    'work and in education is prohibited except for medical or safety reasons (AI Act, Article 5(1)(f)); ' +
    'consent does not change that.',
  notice:
    'Tell everyone recorded, before or at the start, that their voice will be analysed for expressed emotion, why, ' +
    'and how long it is kept (AI Act, Article 50(3)).',
  privacy: 'Everything stays on this computer. Undertone makes no network connections.',
  limits:
    'Results vary with language, accent, age, microphone, noise and acting. What a model learned from and how it was ' +
    'measured stands on its card; for whom it was not measured, nothing is known.',
  identity:
    'It is no medical device, no lie detector and no identity system. It does not recognise who is speaking.',
  opinions: 'Labels are opinions of the people who gave them.',
} as const;

/** For people who are recorded; the brackets are filled in by who records. */
export const noticeForSpeakers =
  'This conversation is recorded. A computer programme will estimate which emotions your voice may express to ' +
  'listeners. It does not know what you feel. We do this because [reason]. The recording and the estimates stay ' +
  'with [who], are kept until [date] and are then deleted. You may ask to see, correct or delete them: [contact].';
