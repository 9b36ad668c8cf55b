import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tileColumns, type Spectrogram } from '#shared/domain/views.ts';
import { buildPyramid, usualRange } from '../../../../src/renderer/features/lanes/pyramid.ts';
import {
  coarser,
  pointAt,
  shownTiles,
} from '../../../../src/renderer/features/lanes/spectrogram-plan.ts';
import { createTiles } from '../../../../src/renderer/features/lanes/tiles.ts';
import { colourRamp, rampSteps } from '../../../../src/renderer/lib/colour-ramp.ts';
import { fitScale, panTo, xOf, zoomAt } from '../../../../src/renderer/lib/time-scale.ts';
import {
  difference,
  fromHex,
  seenWith,
  visions,
  type Vision,
} from '../../support/colour-vision.ts';
import { token } from '../../support/tokens.ts';

const twoHours: Spectrogram = {
  version: 1,
  columnSeconds: 0.01,
  rows: 128,
  columns: [720_000, 180_000, 45_000, 11_250, 2813, 704],
  loudest: 200,
};

describe('the tiles that show', () => {
  const scales = fc
    .record({ zoom: fc.double({ min: 1, max: 3000, noNaN: true }), at: fc.nat(7200) })
    .map(({ zoom, at }) => panTo(zoomAt(fitScale(7200, 1000), zoom, 0), at));

  it('cover all that shows without gap or overlap, and are few', () => {
    fc.assert(
      fc.property(scales, (scale) => {
        const tiles = shownTiles(twoHours, scale);
        expect(tiles.length).toBeGreaterThan(0);
        expect(tiles.length).toBeLessThan(8);
        expect(tiles[0]?.x).toBeLessThanOrEqual(1e-6);
        for (const [at, { x, width }] of tiles.entries()) {
          const next = tiles[at + 1];
          const end = next?.x ?? Math.min(scale.width, xOf(scale, scale.duration));
          if (next) expect(x + width).toBeCloseTo(end, 3);
          else expect(x + width).toBeGreaterThanOrEqual(end - 1);
        }
      }),
    );
  });

  it('are found again in coarser levels, over the same stretch of time', () => {
    fc.assert(
      fc.property(scales, fc.nat(4), (scale, up) => {
        const [tile] = shownTiles(twoHours, scale);
        if (!tile || tile.level + up >= twoHours.columns.length) return;
        const part = coarser(tile, up);
        const first = part.tile * tileColumns + part.from;
        expect(first * 4 ** up).toBeCloseTo(tile.tile * tileColumns);
        expect(part.columns * 4 ** up).toBeCloseTo(tile.columns);
        expect(part.from + part.columns).toBeLessThanOrEqual(tileColumns);
      }),
    );
  });

  it('hold the point under the pointer', () => {
    const scale = fitScale(7200, 1000);
    expect(pointAt(twoHours, scale, { seconds: 0, place: 0 })).toMatchObject({ tile: 0, byte: 0 });
    const [shown] = shownTiles(twoHours, scale);
    const point = pointAt(twoHours, scale, { seconds: 7199, place: 1 });
    expect(point.level).toBe(shown?.level);
    expect(point.byte % twoHours.rows).toBe(twoHours.rows - 1);
  });
});

describe('tiles', () => {
  it('are asked for once, two at a time, and not when they are scrolled past', async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const tiles = createTiles(({ level, tile }) => {
      asked.push(`${level}/${tile}`);
      return new Promise((resolve) => {
        answers.push(() => {
          resolve(new Uint8Array([tile]));
        });
      });
    });
    tiles.want([0, 1, 2, 3].map((tile) => ({ level: 0, tile })));
    expect(asked).toEqual(['0/0', '0/1']);
    tiles.want([{ level: 0, tile: 9 }]);
    answers[0]?.();
    await expect.poll(() => tiles.arrived.value).toBe(1);
    expect(asked).toEqual(['0/0', '0/1', '0/9']);
    answers[1]?.();
    answers[2]?.();
    await expect.poll(() => tiles.find({ level: 0, tile: 9 })).toEqual(new Uint8Array([9]));
    tiles.want([
      { level: 0, tile: 9 },
      { level: 0, tile: 0 },
    ]);
    expect(asked).toHaveLength(3);
  });

  it('that fail are asked for again when they are next looked at', async () => {
    let asked = 0;
    const tiles = createTiles(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('no')) : Promise.resolve(new Uint8Array(1));
    });
    tiles.want([{ level: 0, tile: 0 }]);
    await expect.poll(() => asked).toBe(1);
    await Promise.resolve();
    await expect
      .poll(() => {
        tiles.want([{ level: 0, tile: 0 }]);
        return tiles.find({ level: 0, tile: 0 });
      })
      .not.toBeNull();
    expect(asked).toBe(2);
  });
});

describe('a pyramid', () => {
  const value = fc.oneof(fc.float({ noNaN: true, min: -1000, max: 1000 }), fc.constant(NaN));

  it('knows the lowest and highest of each stretch, and what is not there', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2001, maxLength: 2400 }), (list) => {
        const values = Float32Array.from(list);
        const [level] = buildPyramid(values);
        expect(level?.step).toBe(4);
        for (let entry = 0; entry < (level?.means.length ?? 0); entry += 1) {
          const part = values
            .subarray(4 * entry, 4 * entry + 4)
            .filter((each) => !Number.isNaN(each));
          if (part.length === 0) expect(level?.means[entry]).toBeNaN();
          else {
            expect(level?.lows[entry]).toBe(Math.min(...part));
            expect(level?.highs[entry]).toBe(Math.max(...part));
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('of two hours has few entries at its top, and its range leaves out what is extreme', () => {
    const values = Float32Array.from({ length: 360_000 }, (_, at) =>
      at === 777 ? 1e6 : Math.sin(at),
    );
    expect(buildPyramid(values).at(-1)?.means.length).toBeLessThanOrEqual(2000);
    const [low, high] = usualRange(values);
    expect(low).toBeCloseTo(-1, 1);
    expect(high).toBeCloseTo(1, 1);
  });

  it('of nothing at all still has a range', () => {
    const [low, high] = usualRange(new Float32Array(100).fill(NaN));
    expect(high).toBeGreaterThan(low);
  });
});

describe.each(['light', 'dark'] as const)('colours from faint to strong, %s', (theme) => {
  const ramp = colourRamp(theme);
  const hex = (step: number): string =>
    `#${[0, 1, 2].map((part) => (ramp[4 * step + part] ?? 0).toString(16).padStart(2, '0')).join('')}`;

  it('begin as the stage', () => {
    expect(difference(fromHex(hex(0)), fromHex(token(theme, 'stage')))).toBeLessThan(0.02);
  });

  it.each(Object.keys(visions) as Vision[])('look equally far apart everywhere: %s', (vision) => {
    const parts = 16;
    const colours = Array.from({ length: parts + 1 }, (_, at) =>
      seenWith(vision, fromHex(hex(Math.round((at * (rampSteps - 1)) / parts)))),
    );
    const steps = colours.slice(1).map((colour, at) => difference(colour, colours[at] ?? colour));
    const mean = steps.reduce((sum, step) => sum + step, 0) / parts;
    for (const step of steps) {
      expect(step).toBeGreaterThan(0.6 * mean);
      expect(step).toBeLessThan(1.5 * mean);
    }
  });
});
