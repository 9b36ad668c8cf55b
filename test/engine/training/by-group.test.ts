import { describe, expect, it } from 'vitest';
import { scoreByGroup } from '#engine/training/by-group.ts';
import type { Clip } from '#engine/training/corpora/clip.ts';
import { createRandom } from '#engine/training/random.ts';

type Judged = Parameters<typeof scoreByGroup>[0][number];

/** Clips of one speaker with one label, of which the first `right` are answered rightly; there are two labels. */
function clips(
  of: Partial<Clip> & { readonly speaker: string },
  truth: 0 | 1,
  count: number,
  right: number,
): readonly Judged[] {
  const { sex = 'unknown', traits = {}, speaker } = of;
  return Array.from({ length: count }, (_, index) => {
    const answer = index < right ? truth : 1 - truth;
    const probabilities = Float32Array.from([0.9 - 0.8 * answer, 0.1 + 0.8 * answer]);
    return { clip: { sex, traits }, judgement: { truth, speaker, probabilities } };
  });
}

describe('scores by group', () => {
  it('are what was counted by hand, with the gap between best and worst', () => {
    const ada = { speaker: 'ada', sex: 'female' } as const;
    const eve = { speaker: 'eve', sex: 'female' } as const;
    const bob = { speaker: 'bob', sex: 'male' } as const;
    const judged = [
      ...clips(ada, 0, 10, 9),
      ...clips(ada, 1, 5, 4),
      ...clips(eve, 0, 10, 7),
      ...clips(eve, 1, 5, 2),
      ...clips(bob, 0, 20, 8),
      ...clips(bob, 1, 5, 3),
    ];

    expect(scoreByGroup(judged, 2)).toEqual([
      {
        by: 'sex',
        measure: 'uar',
        groups: [
          {
            name: 'female',
            clips: 30,
            speakers: 2,
            value: (16 / 20 + 6 / 10) / 2,
            // Of eve alone twice, and of ada alone twice.
            interval: [(7 / 10 + 2 / 5) / 2, (9 / 10 + 4 / 5) / 2],
            isReliable: true,
          },
          {
            name: 'male',
            clips: 25,
            speakers: 1,
            value: (8 / 20 + 3 / 5) / 2,
            interval: null,
            isReliable: true,
          },
        ],
        difference: (16 / 20 + 6 / 10) / 2 - (8 / 20 + 3 / 5) / 2,
      },
    ]);
  });

  it('are accuracies of all groups where one of them lacks a label', () => {
    const strong = { speaker: 'ada', traits: { intensity: 'strong' } };
    const normal = { speaker: 'ada', traits: { intensity: 'normal' } };
    const judged = [...clips(normal, 0, 20, 15), ...clips(normal, 1, 5, 0)];

    const [scores] = scoreByGroup([...judged, ...clips(strong, 1, 20, 18)], 2);

    expect(scores).toMatchObject({
      measure: 'accuracy',
      groups: [
        { name: 'normal', value: 15 / 25 },
        { name: 'strong', value: 18 / 20 },
      ],
    });
    expect(scores?.difference).toBeCloseTo(0.3);
  });

  it('of fewer than 20 clips are marked, and do not count for the gap', () => {
    const from = (town: string): Partial<Clip> & { readonly speaker: string } => ({
      speaker: town,
      traits: { town },
    });
    const judged = [
      ...clips(from('Bonn'), 0, 20, 16),
      ...clips(from('Kiel'), 0, 19, 1),
      ...clips(from('Ulm'), 0, 20, 18),
    ];

    const [scores] = scoreByGroup(judged, 2);

    expect(scores?.groups.map(({ isReliable }) => isReliable)).toEqual([true, false, true]);
    expect(scores?.difference).toBeCloseTo(0.1);
    expect(scoreByGroup(judged.slice(0, 39), 2)).toMatchObject([{ difference: null }]);
  });

  it('are told of what parts the clips alone, and leave out clips of which it is not known', () => {
    const random = createRandom('notes', 1);
    const judged = Array.from({ length: 40 }, (_, index) => {
      const traits = {
        language: 'de',
        note: `clip ${index}, ${random.below(100)}`,
        room: ['studio', 'street', ''][index % 3] ?? '',
      };
      return clips({ speaker: 'ada', traits }, 0, 1, 1);
    }).flat();

    const scores = scoreByGroup(judged, 2);

    expect(scores.map(({ by }) => by)).toEqual(['room']);
    expect(scores[0]?.groups.map(({ name, clips: count }) => [name, count])).toEqual([
      ['street', 13],
      ['studio', 14],
    ]);
  });
});
