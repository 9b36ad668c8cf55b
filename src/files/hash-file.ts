import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

interface HashOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** SHA-256 of a file's bytes, in hexadecimal. */
export async function hashFile(path: string, { signal, onProgress }: HashOptions): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  for await (const part of file as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(part);
    bytes += part.length;
    onProgress?.(bytes);
  }
  return hash.digest('hex');
}
