import { realFft } from '../fft.ts';
import { createFramer, frameSize } from '../frames.ts';
import { createRowQueue, type RowSource } from '../row-queue.ts';
import { pitchColumns } from './columns.ts';
import { createPathFinder } from './path.ts';
import { createPeriodFinder, pitchFftSize, pitchFrameSize, type Period } from './periodicity.ts';

const referencePitch = 27.5;
/** A synthetic period can be perfect; the ratio is cut off where it means nothing any more. */
const highestCorrelation = 0.9999;

/** Rows of `pitchColumns`, one a frame of the grid; they lag behind the sound by about 0.3 s. */
export async function createPitchSource(): Promise<RowSource> {
  const rows = createRowQueue(pitchColumns.length);
  const path = createPathFinder((periods, chosen) => {
    rows.add((data, at) => {
      writeRow(periods, chosen, data, at);
    });
  });
  const findPeriods = createPeriodFinder(await realFft(pitchFftSize));
  // Its frames are longer than the grid's and have the same middle.
  const lead = (pitchFrameSize - frameSize) / 2;
  const framer = createFramer(pitchFrameSize, lead, (buffer, start) => {
    path.push(findPeriods(buffer, start));
  });
  return {
    rows,
    push: framer.push,
    finish: () => {
      framer.finish();
      path.finish();
    },
  };
}

/** A row of `pitchColumns`, from `data[at]` on. */
function writeRow(
  periods: readonly Period[],
  chosen: Period | undefined,
  data: Float32Array,
  at: number,
): void {
  let voicing = 0;
  for (const { correlation } of periods) voicing = Math.max(voicing, correlation);
  data[at + 1] = voicing;
  if (chosen === undefined) {
    data[at] = data[at + 2] = data[at + 3] = NaN;
    return;
  }
  const correlation = Math.min(chosen.correlation, highestCorrelation);
  data[at] = 12 * Math.log2(chosen.frequency / referencePitch);
  data[at + 2] = 10 * Math.log10(correlation / (1 - correlation));
  data[at + 3] = chosen.firstOverSecond;
}
