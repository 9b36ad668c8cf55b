import type { AnnotatedRecording, AnnotationTier } from '../annotation/document.ts';
import type { AnnotationFormat } from '../annotation/format.ts';
import { everything } from '../annotation/keeps.ts';
import { isUrl, readLabelStudio } from './label-studio-reader.ts';

/**
 * Label Studio's JSON: a task a recording, people's tiers as annotations, models' as predictions. A tier is
 * the control tag of the labelling configuration (`from_name`), the sound the object tag `audio`.
 */
export const labelStudio: AnnotationFormat = {
  title: 'Label Studio JSON',
  endings: ['labelstudio.json', 'json'],
  keeps: {
    ...everything,
    emptyTiers: false,
    // An import with annotators that the server does not know is refused by it.
    annotator: 'models only',
    probabilities: false,
    recordingName: (name) => (isUrl(name) ? name.replaceAll('/', '-') : name),
  },
  recognises: (bytes) => {
    const head = new TextDecoder().decode(bytes.subarray(0, 4096));
    return /^\uFEFF?\s*\[/u.test(head) || /"(?:annotations|predictions|data)"\s*:/u.test(head);
  },
  read: readLabelStudio,
  write: ({ recordings }) =>
    new TextEncoder().encode(`${JSON.stringify(recordings.map(toTask), null, 1)}\n`),
};

function toTask(recording: AnnotatedRecording, index: number): unknown {
  const { name, seconds, tiers } = recording;
  const results = (of: readonly AnnotationTier[]): unknown[] =>
    of.flatMap((tier) => toResults(tier, recording, `${index + 1}-${tiers.indexOf(tier) + 1}`));
  const people = tiers.filter(({ source }) => source === 'person');
  const models = tiers.filter(({ source }) => source === 'model');
  const versions = [...new Set(models.map(({ annotator }) => annotator))];
  return {
    id: index + 1,
    data: { audio: name, ...(seconds === null ? {} : { seconds }) },
    annotations: people.length > 0 ? [{ result: results(people) }] : [],
    predictions: versions.map((version) => ({
      model_version: version,
      result: results(models.filter(({ annotator }) => annotator === version)),
    })),
  };
}

function toResults(tier: AnnotationTier, { seconds }: AnnotatedRecording, id: string): unknown[] {
  return tier.items.map(({ start, end, label, confidence, note }, index) => ({
    id: `${id}-${index + 1}`,
    from_name: tier.name,
    to_name: 'audio',
    type: 'labels',
    ...(seconds === null ? {} : { original_length: seconds }),
    value: { start, end, channel: 0, labels: [label] },
    ...(confidence === null ? {} : { score: confidence }),
    ...(note === '' ? {} : { meta: { text: [note] } }),
  }));
}
