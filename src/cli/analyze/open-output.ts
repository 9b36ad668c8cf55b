import { toFile, toFolder, toScreen, type Output, type Writing } from './outputs.ts';
import { toShard } from './shard-output.ts';
import type { Target } from './options.ts';

export function openOutput(target: Target, writing: Writing): Output {
  switch (target.kind) {
    case 'screen':
      return toScreen(target.format, writing);
    case 'file':
      return toFile(target.path, target.format, writing);
    case 'folder':
      return toFolder(target.path, target.formats, writing);
    case 'shard':
      return toShard(target.folder, target.shard, writing);
  }
}
