import { app, type Session, type WebContents } from 'electron';
import { isOwnAddress } from './own-page.ts';
import { recentGestures } from './gestures.ts';
import type { Microphone } from './microphone.ts';

/**
 * Before `ready`: every session, ours and the default one, refuses all but the microphone, and that to all but
 * our own page while it records.
 */
export function setupSessions(microphone: Microphone): void {
  const { isRecent } = recentGestures();
  app.on('session-created', (session) => {
    refuseNetwork(session);
    refusePermissions(session, isRecent, microphone);
    session.on('will-download', (event) => {
      event.preventDefault();
    });
  });
}

/** Inspecting a page, which only a checkout allows, loads Chromium's own tools. */
const allowedSchemes = ['app:', 'blob:', 'data:', ...(app.isPackaged ? [] : ['devtools:'])];

function refuseNetwork(session: Session): void {
  // A session asks Google for a dictionary as it is made, unless there is no language to have one for.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !allowedSchemes.some((allowed) => details.url.startsWith(allowed)) });
  });
}

/** Electron grants everything by default; each of these handlers closes what the others leave open. */
function refusePermissions(
  session: Session,
  isRecent: (contents: WebContents) => boolean,
  microphone: Microphone,
): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const wanted =
      permission === 'media' &&
      details.isMainFrame &&
      isOwnAddress(details.requestingUrl) &&
      'mediaTypes' in details &&
      String(details.mediaTypes) === 'audio' &&
      microphone.isChosen() &&
      isRecent(contents);
    if (wanted) void microphone.askSystem().then(answer);
    else answer(false);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin, details) =>
      permission === 'media' &&
      details.isMainFrame &&
      isOwnAddress(requestingOrigin) &&
      // The first check of a page comes without a type.
      details.mediaType !== 'video' &&
      microphone.isChosen(),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
}
