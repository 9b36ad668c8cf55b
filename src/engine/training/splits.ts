import { UndertoneError } from '#shared/contract/errors.ts';
import { speakerName, type Clip, type Sex } from './corpora/clip.ts';
import { groupBy } from './group-by.ts';
import { createRandom, type Random } from './random.ts';

export const splitKinds = ['speaker', 'random'] as const;
/** `random` tells how much a number gains when speakers are on both sides; it measures nothing else. */
export type SplitKind = (typeof splitKinds)[number];

export interface Split<C extends Clip = Clip> {
  readonly kind: SplitKind;
  readonly fold: number;
  readonly train: readonly C[];
  /** Of the training speakers' side; nothing but the temperature is chosen on it. */
  readonly validation: readonly C[];
  readonly test: readonly C[];
}

/** Which actors fold f tests: 2f+1, 2f+2, 2f+11, 2f+12; two men and two women each, 20 in all. */
const ravdessProtocol: readonly (readonly string[])[] = Array.from({ length: 5 }, (_, fold) =>
  [1, 2, 11, 12].map((first) => `ravdess/${String(2 * fold + first).padStart(2, '0')}`),
);

/**
 * Speakers of each fold. With five folds and RAVDESS's actors 1 to 20, the protocol of docs/RESULTS.md
 * (further actors belong to no fold); otherwise speakers are dealt out so that every fold gets about as
 * many of either sex and as many clips.
 */
export function speakerFolds(
  clips: readonly Clip[],
  folds: number,
): readonly (readonly string[])[] {
  const present = new Set(clips.map(({ speaker }) => speaker));
  const isProtocol = folds === 5 && ravdessProtocol.flat().every((speaker) => present.has(speaker));
  if (isProtocol && clips.every(({ corpus }) => corpus === 'ravdess')) return ravdessProtocol;
  if (present.size < folds) {
    throw new UndertoneError('corpus-invalid', {
      subject: [...new Set(clips.map(({ corpus }) => corpus))].join(', '),
      detail: `${folds} folds need ${folds} speakers, and it has ${present.size}`,
    });
  }
  return dealOut(describeSpeakers(clips), folds);
}

interface Speaker {
  readonly id: string;
  readonly sex: Sex;
  readonly clips: number;
}

function describeSpeakers(clips: readonly Clip[]): readonly Speaker[] {
  const bySpeaker = groupBy(clips, ({ speaker }) => speaker);
  return [...bySpeaker].map(([id, own]) => ({
    id,
    sex: own[0]?.sex ?? 'unknown',
    clips: own.length,
  }));
}

function dealOut(speakers: readonly Speaker[], count: number): readonly (readonly string[])[] {
  const folds: Speaker[][] = Array.from({ length: count }, () => []);
  const clipsOf = (fold: readonly Speaker[]): number => fold.reduce((n, { clips }) => n + clips, 0);
  // The largest first: the small ones then even out what is left.
  const order = speakers.toSorted((a, b) => b.clips - a.clips || (a.id < b.id ? -1 : 1));
  for (const speaker of order) {
    const alike = (fold: readonly Speaker[]): number =>
      fold.filter(({ sex }) => sex === speaker.sex).length;
    const [emptiest] = folds.toSorted(
      (a, b) => a.length - b.length || alike(a) - alike(b) || clipsOf(a) - clipsOf(b),
    );
    emptiest?.push(speaker);
  }
  return folds.map((fold) => fold.map(({ id }) => id).sort());
}

/**
 * One split a fold, with different speakers in training, validation and test.
 * @throws split-leaks where a source recording or a duplicate belongs to speakers of two sides
 */
export function speakerSplits<C extends Clip>(
  clips: readonly C[],
  folds: number,
  seed: number,
): readonly Split<C>[] {
  const speakersOfFold = speakerFolds(clips, folds);
  const protocol = new Set(speakersOfFold.flat());
  const included = clips.filter(({ speaker }) => protocol.has(speaker));
  return speakersOfFold.map((tested, fold) => {
    const test = included.filter(({ speaker }) => tested.includes(speaker));
    const others = included.filter(({ speaker }) => !tested.includes(speaker));
    const split: Split<C> = {
      kind: 'speaker',
      fold,
      test,
      ...holdOut(others, createRandom(seed, 'validation', fold)),
    };
    assertNoLeak(split);
    return split;
  });
}

/**
 * Sets two speakers aside for validation, a woman and a man where sexes are known.
 * With fewer than three speakers nobody is set aside.
 */
export function holdOut<C extends Clip>(
  clips: readonly C[],
  random: Random,
): Pick<Split<C>, 'train' | 'validation'> {
  const speakers = random.shuffled(
    describeSpeakers(clips).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
  if (speakers.length < 3) return { train: clips, validation: [] };
  const [first] = speakers;
  const second = speakers.slice(1).find(({ sex }) => sex !== first?.sex) ?? speakers[1];
  const held = speakers.length < 6 ? [first?.id] : [first?.id, second?.id];
  return {
    train: clips.filter(({ speaker }) => !held.includes(speaker)),
    validation: clips.filter(({ speaker }) => held.includes(speaker)),
  };
}

/**
 * Splits that part clips at random, so that every speaker is on both sides, as most published numbers do.
 * Source recordings and duplicates still stay together.
 */
export function randomSplits<C extends Clip>(
  clips: readonly C[],
  folds: number,
  seed: number,
): readonly Split<C>[] {
  const groups = createRandom(seed, 'random split').shuffled(
    [...new Set(clips.map(({ group }) => group))].sort(),
  );
  const foldOf = new Map(groups.map((group, index) => [group, index % folds]));
  return Array.from({ length: folds }, (_, fold): Split<C> => {
    const others = groups.filter((group) => foldOf.get(group) !== fold);
    const held = new Set(others.slice(0, Math.ceil(others.length / 10)));
    const isTest = ({ group }: Clip): boolean => foldOf.get(group) === fold;
    return {
      kind: 'random',
      fold,
      train: clips.filter((clip) => !isTest(clip) && !held.has(clip.group)),
      validation: clips.filter(({ group }) => held.has(group)),
      test: clips.filter(isTest),
    };
  });
}

/** @throws split-leaks naming the first speaker, source recording or duplicate that is on two sides */
export function assertNoLeak(split: Split): void {
  if (split.kind === 'speaker') assertApart(split, ({ speaker }) => speaker, 'speaker');
  assertApart(split, ({ group }) => group, 'recording');
}

function assertApart(
  { train, validation, test }: Split,
  key: (clip: Clip) => string,
  what: string,
): void {
  const sideOf = new Map<string, string>();
  for (const [side, clips] of Object.entries({ training: train, validation, test })) {
    for (const clip of clips) {
      const known = sideOf.get(key(clip)) ?? side;
      if (known !== side) {
        const name = what === 'speaker' ? speakerName(clip) : key(clip);
        throw new UndertoneError('split-leaks', {
          detail: `${what} ${name} would be in ${known} and in ${side}`,
        });
      }
      sideOf.set(key(clip), side);
    }
  }
}
