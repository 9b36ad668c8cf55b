import { statfs } from 'node:fs/promises';
import type { SoundShape } from '#shared/contract/live.ts';
import { bytesPerFrame } from './wav-header.ts';

/** Left free, so that the database can still say what was recorded and the system goes on. */
const reserve = 200 * 2 ** 20;

/** How long a recording could go on in a folder; 0 where the disk is as good as full. */
export async function secondsThatFit(folder: string, shape: SoundShape): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  const bytes = Math.max(0, bavail * bsize - reserve);
  return bytes / (bytesPerFrame(shape) * shape.sampleRate);
}
