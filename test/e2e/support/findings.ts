import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { screenshot } from './app.ts';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** Findings of axe, in light and in dark, with a picture of each. */
export async function findings(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await screenshot(page, `${name}-${colorScheme}`);
    await page.evaluate(axe.source);
    found.push(
      ...(await page.evaluate(async () => {
        const { violations } = await window.axe.run();
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        );
      })),
    );
  }
  return found;
}
