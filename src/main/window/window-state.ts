import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const windowState = z.object({ version: z.literal(1), bounds: rectangle, maximized: z.boolean() });
export type WindowState = Readonly<z.infer<typeof windowState>>;

/** How the window lay when it was last closed; `undefined` where that is unknown or no longer readable. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A first start, or a file of which nothing depends: the window then opens where the system puts it.
    return undefined;
  }
}

export function saveWindowState(file: string, window: BrowserWindow): void {
  const state: WindowState = {
    version: 1,
    bounds: window.getNormalBounds(),
    maximized: window.isMaximized(),
  };
  writeFileSync(file, JSON.stringify(state));
}

/** Whether enough of a window would lie on one of the screens to take hold of it. */
export function isReachable(bounds: Rectangle, screens: readonly Rectangle[]): boolean {
  return screens.some((screen) => {
    const width = overlap(bounds.x, bounds.width, screen.x, screen.width);
    const height = overlap(bounds.y, bounds.height, screen.y, screen.height);
    return width >= 100 && height >= 100;
  });
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}
