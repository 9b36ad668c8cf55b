import { app, type WebContents } from 'electron';

const recentMilliseconds = 5_000;
const gestures = new Set(['mouseDown', 'mouseUp', 'rawKeyDown', 'keyDown', 'touchEnd']);

interface Gestures {
  /** Whether the person clicked or typed in the page within the last five seconds. */
  readonly isRecent: (contents: WebContents) => boolean;
}

/** Notes when the person last did something in each page, so that no page asks by itself. */
export function recentGestures(): Gestures {
  const last = new WeakMap<WebContents, number>();
  app.on('web-contents-created', (_event, contents) => {
    contents.on('input-event', (_inputEvent, input) => {
      if (gestures.has(input.type)) last.set(contents, performance.now());
    });
  });
  return {
    isRecent: (contents) =>
      performance.now() - (last.get(contents) ?? -Infinity) < recentMilliseconds,
  };
}
