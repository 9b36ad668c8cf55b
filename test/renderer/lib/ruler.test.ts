import { describe, expect, it } from 'vitest';
import { rulerTicks } from '../../../src/renderer/lib/ruler.ts';
import { fitScale, panTo, zoomAt } from '../../../src/renderer/lib/time-scale.ts';

function labels(duration: number, width: number, factor = 1, start = 0): readonly string[] {
  const scale = panTo(zoomAt(fitScale(duration, width), factor, 0), start);
  return rulerTicks(scale).flatMap(({ label }) => (label ? [label] : []));
}

describe('the time ruler', () => {
  it('labels round times', () => {
    expect(labels(60, 800)).toEqual(['0:00', '0:10', '0:20', '0:30', '0:40', '0:50', '1:00']);
    expect(labels(7200, 800)).toEqual([
      '0:00',
      '15:00',
      '30:00',
      '45:00',
      '1:00:00',
      '1:15:00',
      '1:30:00',
      '1:45:00',
      '2:00:00',
    ]);
  });

  it('shows tenths and hundredths when they are far enough apart', () => {
    expect(labels(60, 800, 40, 10)).toContain('0:10.4');
    expect(labels(2, 800, 1.25).slice(0, 3)).toEqual(['0:00.0', '0:00.2', '0:00.4']);
  });

  it.each([0.2, 3, 47, 600, 7200, 40_000])('keeps the labels of %s s apart', (duration) => {
    for (const factor of [1, 3, 17, 90]) {
      const ticks = rulerTicks(zoomAt(fitScale(duration, 1000), factor, 0));
      const xs = ticks.filter(({ label }) => label).map(({ x }) => x);
      for (const [index, x] of xs.slice(1).entries()) {
        expect(x - (xs[index] ?? 0)).toBeGreaterThanOrEqual(76 - 1e-6);
      }
    }
  });

  it('draws only what shows, even of a long recording seen closely', () => {
    expect(rulerTicks(panTo(zoomAt(fitScale(10_800, 1000), 5000, 0), 5000)).length).toBeLessThan(
      100,
    );
  });
});
