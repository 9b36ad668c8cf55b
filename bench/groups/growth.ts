import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compare } from '../figure.ts';
import { drawGrowth, type Growth } from '../growth-plot.ts';
import { writeWav } from '../speech.ts';
import { runUndertone } from '../whole-process.ts';
import type { Group } from './group.ts';

const hour = 3600;

/** Time and memory over the length of a recording: the first should grow with it, the second not at all. */
export const growth: Group = async ({ folder, sentences, growth: hours }) => {
  const points: Growth[] = [];
  for (const length of hours) {
    const path = join(folder, `${length}-hours.wav`);
    await writeWav(path, sentences, length * hour);
    const whole = await runUndertone(['analyze', path, '-o', join(folder, 'out.csv')]);
    await rm(path);
    points.push({ hours: length, ...whole });
  }
  const [first] = points;
  if (first === undefined) return { figures: [], notes: [] };
  await drawGrowth(points);
  const peer = `of ${first.hours} h`;
  const figures = points.flatMap(({ hours: length, seconds, processorSeconds, megabytes }) => {
    const name = `analysis of ${length} h of wav`;
    const speed = (length * hour) / seconds;
    const all = [
      compare(`${name}, whole process`, 'x', speed, [peer, (first.hours * hour) / first.seconds]),
    ];
    if (processorSeconds !== null && first.processorSeconds !== null) {
      const before = first.processorSeconds / first.hours;
      const busy = processorSeconds / length;
      all.push(compare(`${name}, processor time of an hour`, 's', busy, [peer, before]));
    }
    if (megabytes !== null && first.megabytes !== null) {
      all.push(compare(`${name}, memory`, 'MB', megabytes, [peer, first.megabytes]));
    }
    return all;
  });
  return { figures, notes: ['![Time and memory by length](images/growth.svg)'] };
};
