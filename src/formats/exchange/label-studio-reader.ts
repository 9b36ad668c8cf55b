import { createBuilder, type DocumentBuilder } from '../annotation/builder.ts';
import type { Checker } from '../annotation/check.ts';
import {
  defaultTierName,
  type AnnotationContent,
  type AnnotationTier,
} from '../annotation/document.ts';
import { stemOf, type AnnotationSource } from '../annotation/format.ts';
import { checkAs, parseAs, parseJson } from '../annotation/json.ts';
import { count } from '../annotation/losses.ts';
import { decodeText } from '../annotation/text.ts';
import {
  annotatorName,
  labelStudioResult,
  labelStudioTasks,
  type LabelStudioResult,
  type LabelStudioTask,
} from './label-studio-schema.ts';

/** Reads a JSON export (or import file) of Label Studio: annotations are people's tiers, predictions models'. */
export function readLabelStudio({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const tasks = parseAs(labelStudioTasks, parseJson(decodeText(bytes, file), file), file);
  const builder = createBuilder();
  let others = 0;
  for (const [index, task] of tasks.entries()) {
    const recording = recordingOf(
      task,
      tasks.length > 1 ? `${stemOf(file)} ${index + 1}` : stemOf(file),
    );
    for (const { who, results, where } of sayingsOf(task, `task ${index + 1}`)) {
      for (const [number, result] of results.entries()) {
        const place = `${where}, result ${number + 1}`;
        const known = checkAs(labelStudioResult, result, place, checker);
        if (known && !addResult(known, recording, who, place, checker, builder)) others += 1;
      }
    }
    if (typeof task.data['seconds'] === 'number') {
      builder.setSeconds(recording, task.data['seconds']);
    }
  }
  const losses =
    others > 0 ? [`Left out: ${count(others, 'result')} without a label in time.`] : [];
  return { document: builder.build(), losses };
}

type Who = Pick<AnnotationTier, 'source' | 'annotator'>;

interface Saying {
  readonly who: Who;
  readonly results: readonly unknown[];
  readonly where: string;
}

function sayingsOf(
  { annotations = [], predictions = [] }: LabelStudioTask,
  where: string,
): readonly Saying[] {
  return [
    ...annotations
      .filter(({ was_cancelled }) => was_cancelled !== true)
      .map(({ completed_by, result }, index) => ({
        who: { source: 'person' as const, annotator: annotatorName(completed_by) },
        results: result,
        where: `${where}, annotation ${index + 1}`,
      })),
    ...predictions
      .filter((prediction) => typeof prediction === 'object')
      .map(({ model_version, result }, index) => ({
        who: { source: 'model' as const, annotator: model_version ?? '' },
        results: result,
        where: `${where}, prediction ${index + 1}`,
      })),
  ];
}

/** @returns whether it is about labels in time */
function addResult(
  { from_name, value, score, meta, original_length }: LabelStudioResult,
  recording: string,
  who: Who,
  where: string,
  checker: Checker,
  builder: DocumentBuilder,
): boolean {
  const labels = value?.labels ?? value?.choices;
  if (value?.start === undefined || value.end === undefined || labels === undefined) return false;
  const tier = { name: from_name ?? defaultTierName, ...who };
  const note = [meta?.text ?? []].flat().join('\n');
  for (const label of labels.length > 0 ? labels : ['']) {
    const { start, end } = value;
    const item = checker.item(where, { start, end, label, confidence: score ?? null, note });
    if (item !== null) builder.add(recording, tier, item);
  }
  if (typeof original_length === 'number') builder.setSeconds(recording, original_length);
  return true;
}

const audioKeys = ['audio', 'url', 'video', 'file'];

/** The recording that a task is about: the last part of its URL, without what Label Studio puts in front. */
function recordingOf({ data }: LabelStudioTask, otherwise: string): string {
  const named = [...audioKeys.map((key) => data[key]), ...Object.values(data)];
  const url = named.find((value) => typeof value === 'string' && value !== '');
  if (typeof url !== 'string') return otherwise;
  if (!isUrl(url)) return url;
  const [path = ''] = url.split(/[?#]/u);
  const name = decode(path.slice(path.lastIndexOf('/') + 1));
  return (path.includes('/upload/') ? name.replace(/^[\da-f]{8}-/u, '') : name) || otherwise;
}

/** Whether a name is taken for an address, of which only the last part names the recording. */
export function isUrl(name: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:\/|\/)/iu.test(name);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    // Not every % in a name is an escape.
    if (error instanceof URIError) return name;
    throw error;
  }
}
