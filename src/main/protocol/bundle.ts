import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Stands in the built page wherever the nonce of the present load belongs (`html.cspNonce`). */
const noncePlaceholder = '__NONCE__';

export interface Bundle {
  /** @returns `undefined` where the built page has no such file */
  readonly serve: (pathname: string, nonce: string) => Promise<Response | undefined>;
}

/**
 * The built page. Only the regular files that lie in its folder now are ever served, each under one exact
 * address, so no spelling of a path leads elsewhere.
 */
export function openBundle(folder: string): Bundle {
  const files = new Map(list(folder).map((file) => [addressOf(folder, file), file]));
  return {
    serve: async (pathname, nonce) => {
      const file = files.get(pathname);
      if (file === undefined) return undefined;
      const extension = path.extname(file);
      const body =
        extension === '.html'
          ? (await readFile(file, 'utf8')).replaceAll(noncePlaceholder, nonce)
          : new Uint8Array(await readFile(file));
      return new Response(body, {
        headers: {
          'content-type': types[extension] ?? 'application/octet-stream',
          'cache-control': 'no-store',
        },
      });
    },
  };
}

function list(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) return list(inside);
    return entry.isFile() ? [inside] : [];
  });
}

function addressOf(folder: string, file: string): string {
  return `/${path.relative(folder, file).split(path.sep).join('/')}`;
}
