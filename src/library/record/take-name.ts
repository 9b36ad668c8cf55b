import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A name that no file of the folder has: the time of the person's clock, as every file system takes it. */
export function newTakePath(folder: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.');
  for (let count = 1; ; count += 1) {
    const path = join(folder, `${day} ${time}${count > 1 ? ` (${count})` : ''}.wav`);
    if (!existsSync(path)) return path;
  }
}
