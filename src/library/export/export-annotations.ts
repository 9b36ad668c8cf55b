import type { Tier } from '#shared/domain/tier.ts';
import { toSeconds } from '#shared/domain/time.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { exportSidecar } from '#formats/emotion-csv-sidecar.ts';
import type { AnnotatedRecording, AnnotationTier } from '#formats/annotation/document.ts';
import type { AnnotationFormatId } from '#formats/annotation/registry.ts';
import { lossesOf, writeAnnotations } from '#formats/annotation/write.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { Project } from '../project.ts';
import { modelsOf } from './models.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import {
  describeSource,
  inTurn,
  segmentsByTier,
  type Source,
  type TierSegments,
} from './sources.ts';
import type { ExportWriter } from './writer.ts';

export interface AnnotationOptions {
  readonly project: Project;
  readonly appVersion: string;
  readonly format: AnnotationFormatId;
  /** Whose labels, in this order. */
  readonly tiers: readonly Tier[];
  readonly names: Pseudonyms;
}

/** Writes for other programs; beside each file lies `<name>.json` with what it comes from. */
export function openAnnotations(options: AnnotationOptions): ExportWriter {
  const { project, appVersion, format, tiers, names } = options;
  const all: AnnotatedRecording[] = [];
  return {
    losses: () => lossesOf({ recordings: all }, format),
    write: async (path, sources, context) => {
      const recordings: AnnotatedRecording[] = [];
      const written: Source[] = [];
      for await (const source of inTurn(sources, context)) {
        const recording = toAnnotated(project, source, tiers, names);
        if (recording.tiers.length === 0) continue;
        recordings.push(recording);
        written.push(source);
      }
      const rows = recordings.reduce((sum, recording) => sum + countItems(recording), 0);
      // A format with one recording a file cannot write none; that recording has nothing to say.
      if (sources.length === 1 && rows === 0) return { recordings: 0, rows: 0 };
      const { bytes, losses } = await writeAnnotations({ recordings }, format);
      await writeFileWhole(path, [bytes]);
      const about = written.map((source, index) => {
        const [recording] = recordings.slice(index);
        return describeSource(source, recording ? countItems(recording) : 0);
      });
      const sidecar = exportSidecar({
        ...{ appVersion, exportedAt: new Date().toISOString(), rows, losses },
        ...{ fileFormat: format, recordings: about, models: modelsOf(written) },
      });
      await writeFileWhole(`${path}.json`, [sidecar]);
      all.push(...recordings);
      return { recordings: recordings.length, rows };
    },
  };
}

function countItems({ tiers }: AnnotatedRecording): number {
  return tiers.reduce((sum, { items }) => sum + items.length, 0);
}

function toAnnotated(
  project: Project,
  source: Source,
  tiers: readonly Tier[],
  names: Pseudonyms,
): AnnotatedRecording {
  const said = segmentsByTier(project, source.id, tiers);
  const { name, seconds } = source;
  return { name, seconds, tiers: said.map((each) => toTier(each, source, names)) };
}

function toTier(
  { tier, segments }: TierSegments,
  { sampleRate, analysis }: Source,
  names: Pseudonyms,
): AnnotationTier {
  const isModel = tier.kind === 'model';
  const person = tier.kind === 'annotator' ? tier.name : '';
  return {
    name: tier.name,
    source: isModel ? 'model' : 'person',
    annotator: isModel ? (analysis?.model ?? '') : person,
    items: segments.map((segment) => toItem(segment, tier, sampleRate, names)),
  };
}

function toItem(
  segment: LabelledSegment,
  { kind }: Tier,
  sampleRate: number,
  names: Pseudonyms,
): AnnotationTier['items'][number] {
  const { start, end, label, confidence, labels, probabilities, note } = segment;
  return {
    start: toSeconds(start, sampleRate),
    end: toSeconds(end, sampleRate),
    label: kind === 'speakers' ? names.of(label) : label,
    // People are not asked how sure they are.
    confidence: kind === 'model' ? confidence : null,
    labels: probabilities.length > 0 ? labels : [],
    probabilities,
    note: names.within(note),
  };
}
