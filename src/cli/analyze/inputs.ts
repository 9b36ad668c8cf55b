import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { distinctNames } from '#library/export/distinct-names.ts';
import { isInShard, type Shard } from './shard.ts';

/** A recording that is to be analysed. */
export interface Input {
  readonly path: string;
  /** As in the column `recording`. */
  readonly name: string;
  /** Of its file, for the progress; 0 where it cannot be said. */
  readonly bytes: number;
}

/** Names tell apart all files that were given, in whichever shard they are. */
export async function chooseInputs(
  files: readonly string[],
  shard: Shard | undefined,
): Promise<readonly Input[]> {
  const names = distinctNames(files.map((file) => resolve(file)));
  const inputs: Input[] = [];
  for (const path of files) {
    const name = names.get(resolve(path)) ?? path;
    if (shard !== undefined && !isInShard(name, shard)) continue;
    // What is wrong with a file is said when its turn comes.
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    inputs.push({ path, name, bytes });
  }
  return inputs;
}
