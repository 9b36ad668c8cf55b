import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineContract } from '#shared/contract/engine.ts';
import { libraryContract } from '#shared/contract/library.ts';
import { shellContract } from '#shared/contract/shell.ts';
import { fixture } from '../../engine/audio/support.ts';
import {
  answerDialogs,
  launchApp,
  removeFolder,
  temporaryFolder,
  type RunningApp,
} from '../../e2e/support/app.ts';
import { connectPageClient } from '../../e2e/support/page-client.ts';
import { counts, tell } from '../support/counts.ts';
import { processId } from './support/processes.ts';

const patiently = { timeout: 60_000 };
let userFolder: string;
let running: RunningApp;

declare global {
  interface Window {
    /** Set by markup that was taken for markup. */
    pwned?: string;
    violations?: string[];
  }
}

beforeAll(async () => {
  userFolder = await temporaryFolder();
  running = await launchApp({ userFolder });
  await answerDialogs(running.app, {});
  await connectPageClient(running.page);
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const script = "window.pwned='yes'";
const payloads = [
  `<script>${script}</script>`,
  `<img src=x onerror="${script}">`,
  `<svg onload="${script}">`,
  `"><body onload="${script}">`,
  `' onmouseover='${script}`,
  `{{constructor.constructor("${script}")()}}`,
  `<iframe srcdoc="<script>parent.${script}</script>">`,
  `<a href="javascript:${script}">x</a>`,
  `<math><mi xlink:href="data:x,<script>${script}</script>">`,
  `</style><script>${script}</script>`,
  `\${${script}}`,
  `<details open ontoggle="${script}">`,
  `javascript:${script}`,
  `<style>@import "app://bundle/x"</style>`,
  `<input autofocus onfocus="${script}">`,
  `%3Cscript%3E${script}%3C/script%3E`,
  '\u202Eevil\u202C \u0007 \u2066',
  'z\u0351\u0352\u0353\u0354'.repeat(20),
] as const;
const times = counts(payloads.length, 100);

describe('markup in what people and files say', () => {
  it('is shown as the text that it is, on every screen', async (context) => {
    const sounds = path.join(userFolder, 'sounds');
    await mkdir(sounds);
    const names = payloads.slice(0, 8).map((payload) => payload.replaceAll('/', '∕').slice(0, 100));
    for (const name of names) {
      await copyFile(fixture('speech.flac'), path.join(sounds, `${name}.flac`));
    }
    await answerDialogs(running.app, { open: [sounds] });
    const { page } = running;
    await page.evaluate(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
        window.violations?.push(violatedDirective),
      );
    });
    const id = await page.evaluate(async () => {
      const { library, shell } = window.testApi;
      const grants = await shell.call('dialog.openFolder', {});
      const { added } = await library.call('recordings.import', { grants });
      return added[0] ?? 0;
    });
    const isReady = (): Promise<boolean> =>
      page.evaluate(
        async (wanted) =>
          (await window.testApi.library.call('recordings.list', {})).find(
            (each) => each.id === wanted,
          )?.status.kind === 'ready',
        id,
      );
    await expect.poll(isReady, patiently).toBe(true);
    await page.locator('section.library li.row').first().getByRole('button').first().click();
    const canRedo = (): Promise<boolean> =>
      page.evaluate(
        async () => (await window.testApi.library.call('history.state', {})).redo !== null,
      );
    let shown = 0;
    for (let round = 0; round < times; round += 1) {
      const payload = payloads[round % payloads.length] ?? '';
      await page.evaluate(
        async ({ recordingId, words, nth }) => {
          const { library } = window.testApi;
          const to = 'annotator-1';
          const change = {
            note: words,
            speaker: words.slice(0, 90),
            name: `${nth} ${words}`.slice(0, 90),
          };
          await library.call('recordings.describe', { ids: [recordingId], change });
          await library.call('labels.put', {
            labels: [{ name: words.slice(0, 60).trim(), colour: null, key: 1 }],
          });
          await library.call('segments.act', {
            recordingId,
            act: { kind: 'accept', ids: null, to },
          });
          const segments = await library.call('segments.list', { recordingId });
          const own = segments.filter(({ tier }) => tier === to).map((each) => each.id);
          const label = words.slice(0, 60).trim();
          await library.call('segments.act', {
            recordingId,
            act: { kind: 'relabel', ids: own, label, to },
          });
          await library.call('segments.act', {
            recordingId,
            act: { kind: 'note', id: own[0] ?? 0, note: words, to },
          });
        },
        { recordingId: id, words: payload, nth: round },
      );
      // A title leaves out what cannot be seen.
      await expect.poll(() => page.title(), patiently).toMatch(new RegExp(`^${round} `, 'u'));
      // The row, the segment with its note, the history, the table, and what is told when something is undone.
      await page.keyboard.press('PageDown');
      await page.keyboard.press('h');
      await page.keyboard.press('t');
      await page.keyboard.press('Control+z');
      await expect.poll(canRedo, patiently).toBe(true);
      await page.keyboard.press('Control+y');
      await expect.poll(canRedo, patiently).toBe(false);
      await page.keyboard.press('h');
      await page.keyboard.press('t');
      shown += 1;
    }
    expect(await page.evaluate(() => [window.pwned, ...(window.violations ?? [])])).toEqual([
      undefined,
    ]);
    expect(
      await page.locator('#app script, #app iframe, #app img[onerror], #app svg[onload]').count(),
    ).toBe(0);
    tell(
      context,
      `${shown} rounds of ${payloads.length} payloads through names, notes, labels, speakers: none ran, none violated the policy`,
    );
  });
});

describe('addresses', () => {
  const runs = counts(300, 3_000);

  it('that are made up lead to nothing outside the page', async (context) => {
    const canary = 'a canary of nobody’s business';
    const secret = path.join(userFolder, 'secret.txt');
    await writeFile(secret, canary);
    const part = fc.constantFrom(
      ...[
        '..',
        '.',
        '%2e%2e',
        '%252e%252e',
        '%2f',
        '%5c',
        '\\',
        '/',
        '//',
        'media',
        'media/1',
        'assets',
        'main',
        'index.js',
      ],
      ...[
        '%00',
        'etc',
        'passwd',
        'C:',
        '\\\\server\\share',
        '~',
        'out',
        'package.json',
        'bundle-evil',
        '?x=/../..',
        '#/..',
      ],
      ...[encodeURIComponent(secret), secret, `file://${secret}`, '１', '-1', '1e3', ' '],
    );
    const host = fc.constantFrom(
      'bundle',
      'bundle',
      'bundle',
      'BUNDLE',
      'bundle.',
      'other',
      'bundle:80',
      'user@bundle',
      '',
    );
    const address = fc
      .tuple(host, fc.array(part, { minLength: 1, maxLength: 6 }), fc.constantFrom('', '/'))
      .map(([where, parts, joint]) => `app://${where}/${parts.join(joint)}`);
    const addresses = fc.sample(address, runs);
    const outcomes = await running.app.evaluate(async ({ session }, wanted) => {
      const answers: [string, number, string][] = [];
      for (const each of wanted) {
        const answer = await session
          .fromPartition('persist:undertone')
          .fetch(each)
          .then(async (response) => [response.status, await response.text()] as const)
          .catch(() => [0, ''] as const);
        answers.push([each, ...answer]);
      }
      return answers;
    }, addresses);
    const page = await readFile('out/renderer/index.html', 'utf8');
    // What comes down to a place of ours is what is there: the page, or the sound of a recording.
    const ours = [page.slice(0, 15), 'fLaC'];
    for (const [each, status, text] of outcomes) {
      expect(text, each).not.toContain(canary);
      if (status === 200) {
        expect(
          ours.some((start) => text.startsWith(start)),
          each,
        ).toBe(true);
      } else expect([0, 400, 404], each).toContain(status);
    }
    tell(context, `${runs} made-up addresses: none led outside`);
  });
});

describe('messages of a page gone wrong', () => {
  const each = counts(40, 400);
  const contracts = { library: libraryContract, engine: engineContract, shell: shellContract };

  it('are refused by every process, and harm none', async (context) => {
    const { app, page } = running;
    const pids = await Promise.all([processId(app, 'library'), processId(app, 'engine')]);
    let [sent, refused] = [0, 0];
    for (const [name, { methods }] of Object.entries(contracts)) {
      for (const method of Object.keys(methods)) {
        const garbage = fc.sample(anyGarbage, each);
        const outcomes = await page.evaluate(
          async ({ to, called, values }) => {
            const client =
              to === 'engine' ? window.testApi.engine() : window.testApi[to as 'library'];
            const codes: string[] = [];
            for (const value of values) {
              const answer = (client.call as (...args: unknown[]) => Promise<unknown>)(
                called,
                value,
              );
              codes.push(
                await answer.then(
                  () => 'answered',
                  (error: unknown) => String((error as { code?: unknown }).code),
                ),
              );
            }
            return codes;
          },
          { to: name, called: method, values: garbage },
        );
        for (const [at, code] of outcomes.entries()) {
          expect(code, `${name} ${method} ${JSON.stringify(garbage[at])}`).toBe('invalid-call');
        }
        sent += outcomes.length;
        refused += outcomes.length;
      }
    }
    expect(await Promise.all([processId(app, 'library'), processId(app, 'engine')])).toEqual(pids);
    const log = await readFile(path.join(userFolder, 'logs/undertone.log'), 'utf8');
    expect(log).not.toMatch(/TypeError|RangeError|Uncaught|ended with/u);
    tell(
      context,
      `${sent} messages that no page of ours would send, to ${Object.keys(contracts).length} processes: ${refused} refused, no process ended`,
    );
  });
});

/** Nothing that any method takes: those without arguments take any object, so there is none here but arrays. */
const anyGarbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(
    fc.anything({ maxDepth: 2, withNullPrototype: false }).map((value) => JSON.stringify(value)),
  ),
  fc.string({ minLength: 10_000, maxLength: 50_000 }),
  fc.constantFrom('__proto__', 'constructor', '{"__proto__": {}}'),
);
