import type { AnnotationDocument, AnnotationItem, AnnotationTier } from '../annotation/document.ts';
import { onlyRecording } from '../annotation/format.ts';
import { exactTimesProperty, formatExactTimes, toMilliseconds } from './eaf-times.ts';

/** What ELAN writes into every file, whether or not tiers depend on others. */
const constraints = [
  [
    'Time_Subdivision',
    "Time subdivision of parent annotation's time interval, no time gaps allowed within this interval",
  ],
  [
    'Symbolic_Subdivision',
    'Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered',
  ],
  ['Symbolic_Association', '1-1 association with a parent annotation'],
  [
    'Included_In',
    "Time alignable annotations within the parent annotation's time interval, gaps are allowed",
  ],
] as const;

interface NumberedTier extends AnnotationTier {
  readonly firstId: number;
}

export function writeEaf(document: AnnotationDocument): Uint8Array {
  const { name, tiers } = onlyRecording(document);
  const numbered = numberTiers(tiers);
  const slots = [...new Set(tiers.flatMap(({ items }) => items.flatMap(toMilliseconds)))].sort(
    (a, b) => a - b,
  );
  const slotIds = new Map(slots.map((time, index) => [time, `ts${index + 1}`]));
  const url = `./${name.split('/').map(encodeURIComponent).join('/')}`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    // The same annotations make the same file, whenever they are written.
    '<ANNOTATION_DOCUMENT AUTHOR="" DATE="1970-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">',
    '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">',
    `        <MEDIA_DESCRIPTOR MEDIA_URL="${escape(url)}" MIME_TYPE="audio/x-wav" RELATIVE_MEDIA_URL="${escape(url)}"/>`,
    ...propertyLines(numbered),
    '    </HEADER>',
    '    <TIME_ORDER>',
    ...Array.from(
      slotIds,
      ([time, id]) => `        <TIME_SLOT TIME_SLOT_ID="${id}" TIME_VALUE="${time}"/>`,
    ),
    '    </TIME_ORDER>',
    ...numbered.flatMap((tier) => tierLines(tier, slotIds)),
    '    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>',
    ...constraints.map(
      ([stereotype, description]) =>
        `    <CONSTRAINT DESCRIPTION="${escape(description)}" STEREOTYPE="${stereotype}"/>`,
    ),
    '</ANNOTATION_DOCUMENT>',
    '',
  ];
  return new TextEncoder().encode(lines.join('\n'));
}

function numberTiers(tiers: readonly AnnotationTier[]): readonly NumberedTier[] {
  let next = 1;
  return tiers.map((tier) => {
    const firstId = next;
    next += tier.items.length;
    return { ...tier, firstId };
  });
}

function propertyLines(tiers: readonly NumberedTier[]): readonly string[] {
  const items = new Map<string, AnnotationItem>();
  for (const { firstId, items: own } of tiers) {
    for (const [index, item] of own.entries()) items.set(`a${firstId + index}`, item);
  }
  const times = formatExactTimes(items);
  return [
    `        <PROPERTY NAME="lastUsedAnnotationId">${items.size}</PROPERTY>`,
    ...(times === ''
      ? []
      : [`        <PROPERTY NAME="${exactTimesProperty}">${escape(times)}</PROPERTY>`]),
  ];
}

function tierLines(
  { name, annotator, items, firstId }: NumberedTier,
  slotIds: ReadonlyMap<number, string>,
): readonly string[] {
  const who = annotator === '' ? '' : ` ANNOTATOR="${escape(annotator)}"`;
  const opening = `    <TIER${who} LINGUISTIC_TYPE_REF="default-lt" TIER_ID="${escape(name)}"`;
  if (items.length === 0) return [`${opening}/>`];
  return [
    `${opening}>`,
    ...items.flatMap((item, index) => {
      const [from, to] = toMilliseconds(item).map((time) => slotIds.get(time) ?? '');
      return [
        '        <ANNOTATION>',
        `            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a${firstId + index}" TIME_SLOT_REF1="${from}" TIME_SLOT_REF2="${to}">`,
        `                <ANNOTATION_VALUE>${escape(item.label)}</ANNOTATION_VALUE>`,
        '            </ALIGNABLE_ANNOTATION>',
        '        </ANNOTATION>',
      ];
    }),
    '    </TIER>',
  ];
}

/** Line breaks and tabs by their numbers: XML would make spaces of them in attributes, and of returns anywhere. */
function escape(text: string): string {
  return text.replace(/[&<>"\t\n\r]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
