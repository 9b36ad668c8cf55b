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
  /** The file that holds a recording's canonical sound. */
  readonly locateMedia: (id: number) => Promise<string>;
}

const mediaAddress = /^\/media\/(\d{1,15})$/;

/**
 * Serves `app://bundle/<file of the built page>` and `app://bundle/media/<recording id>`; anything else, in
 * whatever spelling or with whatever method, is not found.
 */
export function setupProtocol(session: Session, sources: Sources, log: Log): void {
  const bundle = openBundle(sources.page);

  async function media(id: number, range: string | null): Promise<Response | undefined> {
    try {
      return await serveMedia(await sources.locateMedia(id), range);
    } catch (error) {
      if (!(error instanceof UndertoneError)) throw error;
      log.failure('a recording was asked for that cannot be played', error);
      return undefined;
    }
  }

  session.protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const nonce = randomBytes(16).toString('base64');
    const [, recording] = mediaAddress.exec(pathname) ?? [];
    let answer: Response | undefined;
    if (request.method === 'GET' && host === 'bundle') {
      answer =
        recording === undefined
          ? await bundle.serve(pathname, nonce)
          : await media(Number(recording), request.headers.get('range'));
    }
    return withHeaders(answer ?? new Response(null, { status: 404 }), securityHeaders(nonce));
  });
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
