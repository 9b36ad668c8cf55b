import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseRange } from './byte-range.ts';

const types: Readonly<Record<string, string>> = { '.wav': 'audio/wav', '.flac': 'audio/flac' };
const chunkBytes = 256 * 1024;

/**
 * Serves a recording's sound, whole or the part asked for. Chromium's own way (`net.fetch` of a
 * file) ignores ranges, and every seek would start at zero (electron/electron#38749).
 *
 * @returns `undefined` where there is no such file
 */
export async function serveMedia(
  file: string,
  rangeHeader: string | null,
): Promise<Response | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const { size } = found;
  const headers = {
    'content-type': types[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
  };
  const range = parseRange(rangeHeader, size);
  switch (range.kind) {
    case 'unsatisfiable':
      return new Response(null, {
        status: 416,
        headers: { ...headers, 'content-range': `bytes */${size}` },
      });
    case 'whole':
      return new Response(streamFile(file, 0, size), {
        status: 200,
        headers: { ...headers, 'content-length': String(size) },
      });
    case 'part':
      return new Response(streamFile(file, range.start, range.end + 1), {
        status: 206,
        headers: {
          ...headers,
          'content-length': String(range.end + 1 - range.start),
          'content-range': `bytes ${range.start}-${range.end}/${size}`,
        },
      });
  }
}

/**
 * The bytes `[start, end)` of a file. It is opened for each chunk: players drop most of what they ask for,
 * and a stream that nobody reads to its end then leaves nothing open.
 */
function streamFile(file: string, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await readChunk(file, position, Math.min(chunkBytes, end - position));
        position += chunk.length;
        if (chunk.length > 0) controller.enqueue(chunk);
        if (chunk.length === 0 || position >= end) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

async function readChunk(file: string, position: number, length: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
