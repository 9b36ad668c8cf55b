import { randomBytes } from 'node:crypto';
import { protocol, type Session } from 'electron';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Log } from '../log/log.ts';
import { scheme } from '../security/own-page.ts';
import { openBundle } from './bundle.ts';
import { securityHeaders } from './headers.ts';
import { serveMedia } from './media.ts';

/** Before `ready`: a page of `app://` is a page like one of the web, with an origin and a secure context. */
export function setupScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ]);
}

interface Sources {
  /** Folder of the built page. */
  readonly page: string;
  /** The file that holds a recording's canonical sound, or the person's own file. */
  readonly locateMedia: (media: Media) => Promise<string>;
}

interface Media {
  readonly id: number;
  readonly which: 'canonical' | 'original';
}

const mediaAddress = /^\/media\/(\d{1,15})(\/original)?$/;

/**
 * Serves `app://bundle/<file of the built page>`, `app://bundle/media/<recording id>` and the file as it came below
 * that as `original`; anything else, in whatever spelling or with whatever method, is not found.
 */
export function setupProtocol(session: Session, sources: Sources, log: Log): void {
  const bundle = openBundle(sources.page);

  async function serve(media: Media, range: string | null): Promise<Response | undefined> {
    try {
      return await serveMedia(await sources.locateMedia(media), range);
    } catch (error) {
      if (!(error instanceof UndertoneError)) throw error;
      log.failure('a recording was asked for that cannot be played', error);
      return undefined;
    }
  }

  session.protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const nonce = randomBytes(16).toString('base64');
    const media = readMedia(pathname);
    let answer: Response | undefined;
    if (request.method === 'GET' && host === 'bundle') {
      answer = media
        ? await serve(media, request.headers.get('range'))
        : await bundle.serve(pathname, nonce);
    }
    return withHeaders(answer ?? new Response(null, { status: 404 }), securityHeaders(nonce));
  });
}

function readMedia(pathname: string): Media | undefined {
  const [, id, original] = mediaAddress.exec(pathname) ?? [];
  if (id === undefined) return undefined;
  return { id: Number(id), which: original === undefined ? 'canonical' : 'original' };
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
