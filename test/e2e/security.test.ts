import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from '../../src/renderer/lib/ports.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { connectPageClient } from './support/page-client.ts';

let running: RunningApp;

beforeAll(async () => {
  running = await launchApp({ switches: ['--use-fake-device-for-media-stream'] });
});
afterAll(() => running.close());

describe('the window', () => {
  it('has a sandboxed page without Node', async () => {
    const preferences = await running.app.evaluate(({ BrowserWindow }) =>
      // Not in Electron's type declarations; it tells what is in force.
      (
        BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
          getLastWebPreferences: () => Record<string, unknown>;
        }
      ).getLastWebPreferences(),
    );
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      safeDialogs: true,
    });
  });

  it('lives in the session that is guarded, without a spelling checker that fetches dictionaries', async () => {
    const found = await running.app.evaluate(({ BrowserWindow, session }) => {
      const own = BrowserWindow.getAllWindows()[0]?.webContents.session;
      return {
        guarded: own === session.fromPartition('persist:undertone'),
        spelling: own?.isSpellCheckerEnabled(),
      };
    });
    expect(found).toEqual({ guarded: true, spelling: false });
  });

  it('is started without anything that reaches for the network by itself', async () => {
    const switches = [
      'disable-background-networking',
      'disable-component-update',
      'disable-domain-reliability',
      'host-resolver-rules',
    ];
    const set = await running.app.evaluate(
      ({ app }, names) => names.filter((name) => app.commandLine.hasSwitch(name)),
      switches,
    );
    expect(set).toEqual(switches);
  });
});

describe('the page', () => {
  it('finds exactly these functions and nothing of Node', async () => {
    const found = await running.page.evaluate(() => ({
      bridge: Object.fromEntries(
        Object.entries(window.undertone).map(([name, value]) => [name, typeof value]),
      ),
      node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => name in window,
      ),
    }));
    expect(found).toEqual({ bridge: { connect: 'function', grantDropped: 'function' }, node: [] });
  });

  it('is served with these headers', async () => {
    const headers = await running.page.evaluate(async () => {
      const response = await fetch('/index.html');
      return Object.fromEntries(response.headers.entries());
    });
    expect({
      ...headers,
      'content-security-policy': headers['content-security-policy']
        ?.replace(/'nonce-[\w+/=]{24}'/, "'nonce-…'")
        .split('; '),
    }).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-…'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types vue',
      ],
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'permissions-policy':
        'microphone=(self), camera=(), display-capture=(), geolocation=(), usb=(), serial=(), hid=(), midi=()',
    });
  });

  it('gets another nonce with every load', async () => {
    const policies = await running.page.evaluate(async () => {
      const load = async () =>
        (await fetch('/index.html')).headers.get('content-security-policy') ?? '';
      return [await load(), await load()];
    });
    expect(policies[0]).toContain("'nonce-");
    expect(policies[0]).not.toBe(policies[1]);
  });

  // As text, since the rules for our own code forbid to write any of it.
  it.each([
    ['(0, eval)("1")', 'refused'],
    ['new Function("return 1")()', 'refused'],
    ['document.createElement("script").textContent = "1"', 'refused'],
    ['document.createElement("div").innerHTML = "<img src=x onerror=1>"', 'refused'],
    [
      `const style = document.createElement('style');
       style.textContent = 'body { outline-style: dashed }';
       document.head.append(style);
       const drawn = getComputedStyle(document.body).outlineStyle;
       style.remove();
       if (drawn !== 'dashed') throw new Error('not drawn')`,
      'refused',
    ],
    // That the attempt itself is sound: what is allowed is done.
    ['document.createElement("div").textContent = "<img src=x onerror=1>"', 'done'],
  ])('does with %s only what its policy allows', async (attempt, expected) => {
    // A debugger may use eval: only what runs later is judged as the page's own.
    const outcome = await running.page.evaluate(`new Promise((resolve) => {
      setTimeout(() => {
        try { ${attempt}; resolve('done'); } catch { resolve('refused'); }
      });
    })`);
    expect(outcome).toBe(expected);
  });

  it('opens no window and goes nowhere else', async () => {
    const { app, page } = running;
    const here = page.url();
    const opened = await page.evaluate(() => window.open('https://example.org/') === null);
    expect(opened).toBe(true);
    for (const target of ['https://example.org/', 'file:///etc/passwd', 'app://other/index.html']) {
      await page.evaluate((address) => {
        const link = document.createElement('a');
        link.href = address;
        document.body.append(link);
        link.click();
        link.target = '_blank';
        link.click();
        link.remove();
      }, target);
    }
    await page.waitForTimeout(500);
    expect(page.url()).toBe(here);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('reaches no server, and neither does its session', async () => {
    let hits = 0;
    const server = createServer((_request, response) => {
      hits += 1;
      response.end('here');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const fromPage = await running.page.evaluate(
      (target) =>
        fetch(target, { mode: 'no-cors' }).then(
          () => 'reached',
          () => 'refused',
        ),
      address,
    );
    const fromSession = await running.app.evaluate(
      ({ session }, target) =>
        Promise.all(
          [session.defaultSession, session.fromPartition('persist:undertone')].map((each) =>
            each.fetch(target).then(
              () => 'reached',
              () => 'refused',
            ),
          ),
        ),
      address,
    );
    server.close();
    expect({ fromPage, fromSession, hits }).toEqual({
      fromPage: 'refused',
      fromSession: ['refused', 'refused'],
      hits: 0,
    });
  });
});

describe('permissions', () => {
  /** What the page would be granted, as it finds by asking without being seen. */
  const granted = () =>
    running.page.evaluate(async () => {
      const names = [
        ...['microphone', 'camera', 'geolocation', 'notifications', 'midi', 'clipboard-read'],
        ...['accelerometer', 'gyroscope', 'magnetometer', 'screen-wake-lock', 'idle-detection'],
        ...['persistent-storage', 'background-sync', 'storage-access', 'window-management'],
      ];
      const found: Record<string, string[]> = {};
      for (const name of names) {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        (found[state] ??= []).push(name);
      }
      return found['granted'] ?? [];
    });
  const chooseToRecord = (chosen: boolean) =>
    running.page.evaluate(
      (is) => window.testApi.shell.call('microphone.choose', { chosen: is }),
      chosen,
    );

  it('are all denied, and all but the microphone while recording is chosen', async () => {
    await connectPageClient(running.page);
    expect(await granted()).toEqual([]);
    await chooseToRecord(true);
    expect(await granted()).toEqual(['microphone']);
    await chooseToRecord(false);
    expect(await granted()).toEqual([]);
  });

  it('grant the microphone when recording is chosen, after a click, alone, and nothing else ever', async () => {
    const { page } = running;
    const ask = (constraints: MediaStreamConstraints) =>
      page.evaluate(
        (wanted) =>
          navigator.mediaDevices.getUserMedia(wanted).then(
            (stream) => {
              for (const track of stream.getTracks()) track.stop();
              return 'granted';
            },
            (error: unknown) => (error as DOMException).name,
          ),
        constraints,
      );
    await chooseToRecord(true);
    // No test above has touched mouse or keys.
    expect(await ask({ audio: true })).toBe('NotAllowedError');
    await page.mouse.click(2, 2);
    expect(await ask({ audio: true })).toBe('granted');
    expect(await ask({ video: true })).toBe('NotAllowedError');
    expect(await ask({ audio: true, video: true })).toBe('NotAllowedError');
    await chooseToRecord(false);
    await page.mouse.click(2, 2);
    expect(await ask({ audio: true })).toBe('NotAllowedError');
  });

  it('refuse the screen, the place and notifications', async () => {
    await running.page.mouse.click(2, 2);
    const outcome = await running.page.evaluate(async () => ({
      screen: await navigator.mediaDevices.getDisplayMedia({ video: true }).then(
        () => 'granted',
        (error: unknown) => (error as DOMException).name,
      ),
      place: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => {
            resolve('granted');
          },
          ({ code }) => {
            resolve(code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : code);
          },
        );
      }),
      notifications: await Notification.requestPermission(),
    }));
    expect(outcome).toEqual({
      screen: 'NotAllowedError',
      place: 'denied',
      notifications: 'denied',
    });
  });
});

describe('the protocol', () => {
  const outside = [
    'app://bundle/',
    'app://bundle/../package.json',
    'app://bundle/..%2fmain/index.js',
    'app://bundle/%2e%2e/main/index.js',
    'app://bundle/%252e%252e/main/index.js',
    'app://bundle/..%5cmain%5cindex.js',
    'app://bundle/..\\main\\index.js',
    'app://bundle//etc/passwd',
    'app://bundle/etc/passwd',
    'app://bundle/C:/Windows/win.ini',
    'app://bundle///server/share/file',
    'app://bundle/index.html%00.js',
    'app://bundle/index.html/',
    'app://bundle/assets',
    'app://other/index.html',
    'app://bundle.evil/index.html',
    'app://user@other/index.html',
    'app:///index.html',
    'app://bundle/media',
    'app://bundle/media/',
    'app://bundle/media/0',
    'app://bundle/media/999999',
    'app://bundle/media/-1',
    'app://bundle/media/1e3',
    'app://bundle/media/0x1',
    'app://bundle/media/1/',
    'app://bundle/media/1/..',
    'app://bundle/media/../index.html%2f',
    'app://bundle/media/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://bundle/media//etc/passwd',
    'app://bundle/media/%2fetc%2fpasswd',
    'app://bundle/media/file:///etc/passwd',
    'app://bundle/media/1%00',
    'app://bundle/media/１',
    'app://bundle/media/99999999999999999999',
    "app://bundle/media/1' or '1'='1",
  ];

  it.each(outside)('has nothing at %s', async (address) => {
    const status = await running.app.evaluate(
      ({ session }, target) =>
        session
          .fromPartition('persist:undertone')
          .fetch(target)
          .then(
            (response) => response.status,
            () => 'no such address',
          ),
      address,
    );
    expect([404, 'no such address']).toContain(status);
  });

  it('answers to GET alone', async () => {
    const statuses = await running.page.evaluate(() =>
      Promise.all(
        ['GET', 'POST', 'PUT', 'DELETE', 'HEAD'].map(
          async (method) => (await fetch('/index.html', { method })).status,
        ),
      ),
    );
    expect(statuses).toEqual([200, 404, 404, 404, 404]);
  });
});

describe('the main process', () => {
  it('listens to no page but our own', async () => {
    const preload = path.resolve(import.meta.dirname, '../../out/preload/index.cjs');
    const outcome = await running.app.evaluate(async ({ BrowserWindow }, script) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: script, partition: 'persist:undertone', sandbox: true },
      });
      const answers: string[] = [];
      for (const address of ['about:blank', 'data:text/html,<p>stranger</p>']) {
        await stranger.loadURL(address);
        answers.push(
          (await stranger.webContents.executeJavaScript(
            "window.undertone.grantDropped([]).then(() => 'answered', () => 'refused')",
          )) as string,
        );
      }
      stranger.destroy();
      return answers;
    }, preload);
    expect(outcome).toEqual(['refused', 'refused']);
  });

  it('gives no token for what is no file of the disk', async () => {
    const grants = await running.page.evaluate(() =>
      window.undertone.grantDropped([new File(['text'], '/etc/passwd')]),
    );
    expect(grants).toEqual([]);
  });
});
