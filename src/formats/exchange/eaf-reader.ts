import type { AnnotationContent, AnnotationTier } from '../annotation/document.ts';
import { stemOf, type AnnotationSource } from '../annotation/format.ts';
import { count } from '../annotation/losses.ts';
import { refuse } from '../annotation/refuse.ts';
import { decodeText, parseNumber } from '../annotation/text.ts';
import { resolveSpans, type EafAnnotation, type EafTier } from './eaf-spans.ts';
import { exactTimesProperty, fillTimes, parseExactTimes } from './eaf-times.ts';
import { visitXml, type XmlElement } from './eaf-xml.ts';

interface EafContent {
  readonly slots: ReadonlyMap<string, number | null>;
  readonly tiers: readonly EafTier[];
  readonly recording: string;
  readonly exactTimes: string;
}

/** Reads ELAN's annotation format, versions 2 and 3. Tiers that depend on others get times from them. */
export function readEaf({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const content = collect(decodeText(bytes, file), file);
  const spans = resolveSpans(content.tiers, fillTimes(content.slots), checker);
  const { shared } = spans;
  const exact = parseExactTimes(content.exactTimes);
  const tiers = content.tiers.map(({ name, annotator, annotations }): AnnotationTier => ({
    name,
    source: 'person',
    annotator,
    items: annotations.flatMap((annotation) => {
      const { line, label } = annotation;
      const times = spans.timesOf(annotation, exact);
      if (times === null) return [];
      return checker.item(`line ${line}`, { start: times[0], end: times[1], label }) ?? [];
    }),
  }));
  const unset = [...content.slots.values()].filter((value) => value === null).length;
  return {
    document: { recordings: [{ name: content.recording || stemOf(file), seconds: null, tiers }] },
    losses: [
      ...(unset > 0
        ? [
            `Put evenly between their neighbours: ${count(unset, 'time')} that ${unset === 1 ? 'is' : 'are'} not set in ELAN.`,
          ]
        : []),
      ...(shared > 0
        ? [
            `Given shares of the time of those they refer to: ${count(shared, 'annotation')} without times of their own.`,
          ]
        : []),
    ],
  };
}

function collect(text: string, file: string): EafContent {
  const slots = new Map<string, number | null>();
  const tiers: EafTier[] = [];
  let recording = '';
  let exactTimes = '';
  let label = '';
  let root = '';
  const open = (element: XmlElement): void => {
    const attribute = (name: string): string => element.attributes.get(name) ?? '';
    root ||= element.name;
    if (element.name === 'HEADER') checkUnits(attribute('TIME_UNITS'), element, file);
    if (element.name === 'MEDIA_DESCRIPTOR') {
      recording ||= nameOf(attribute('RELATIVE_MEDIA_URL') || attribute('MEDIA_URL'));
    }
    if (element.name === 'TIME_SLOT') slots.set(attribute('TIME_SLOT_ID'), slotTime(element));
    if (element.name === 'TIER') {
      const annotator = attribute('ANNOTATOR');
      tiers.push({ name: attribute('TIER_ID'), annotator, annotations: [] });
    }
    if (element.name === 'ANNOTATION') label = '';
  };
  const close = (element: XmlElement): void => {
    const isExact = element.attributes.get('NAME') === exactTimesProperty;
    if (element.name === 'PROPERTY' && isExact) exactTimes = element.text;
    if (element.name === 'ANNOTATION_VALUE') label = element.text;
    const annotation = toAnnotation(element, label);
    if (annotation !== null) tiers.at(-1)?.annotations.push(annotation);
  };
  visitXml(text, file, { open, close });
  if (root !== 'ANNOTATION_DOCUMENT') {
    refuse(file, '', `it is no ELAN file but begins with ${root}`);
  }
  return { slots, tiers, recording, exactTimes };
}

function checkUnits(units: string, { line }: XmlElement, file: string): void {
  if (units === 'milliseconds' || units === '') return;
  refuse(file, `line ${line}`, `times are in ${units.slice(0, 40)}; only milliseconds are read`);
}

/** Null where it is not set, NaN where it is no time: then it is for the annotations with it to be refused. */
function slotTime({ attributes }: XmlElement): number | null {
  const text = attributes.get('TIME_VALUE');
  return text === undefined ? null : parseNumber(text);
}

function toAnnotation({ name, attributes, line }: XmlElement, label: string): EafAnnotation | null {
  const attribute = (key: string): string => attributes.get(key) ?? '';
  const id = attribute('ANNOTATION_ID');
  switch (name) {
    case 'ALIGNABLE_ANNOTATION': {
      const [from, to] = [attribute('TIME_SLOT_REF1'), attribute('TIME_SLOT_REF2')];
      return { id, line, label, times: { kind: 'slots', from, to } };
    }
    case 'REF_ANNOTATION':
      return { id, line, label, times: { kind: 'reference', to: attribute('ANNOTATION_REF') } };
    default:
      return null;
  }
}

/** The recording that a media URL is of: what is after `./`, else the last part. */
function nameOf(url: string): string {
  const path = url.startsWith('./') ? url.slice(2) : url.slice(url.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(path);
  } catch (error) {
    // Programs that do not escape names are not wrong to have a % in them.
    if (error instanceof URIError) return path;
    throw error;
  }
}
