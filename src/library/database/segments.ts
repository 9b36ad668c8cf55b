import {
  segment as segmentSchema,
  type ProposedSegment,
  type Segment,
} from '#shared/domain/segment.ts';
import { createLabelSets, labelsSchema } from './analyses.ts';
import type { Database, Row } from './connection.ts';
import { isNull, json, number, text } from './row.ts';

/** A segment with what its probabilities are of; empty where it has none. */
export interface LabelledSegment extends Segment {
  readonly labels: readonly string[];
}

export interface Segments {
  /** In the order of their start. */
  readonly list: (recordingId: number) => readonly LabelledSegment[];
  /** What the probabilities of a recording's segments are of; more than one set after a change of model. */
  readonly labelSets: (recordingId: number) => readonly (readonly string[])[];
  /** Puts a model's segments in place of those of the analysis before; other tiers are never touched. */
  readonly replaceModelTier: (
    recordingId: number,
    model: string,
    labels: readonly string[],
    segments: readonly ProposedSegment[],
  ) => void;
}

/** The tier of a model's own segments; whatever a person does goes to another. */
const modelTier = 'model';

export function createSegments(database: Database): Segments {
  const list = database.prepare(
    `SELECT segment.id, recording_id, "start", "end", label, confidence, probabilities, source, annotator,
            model, labels
     FROM segment LEFT JOIN label_set ON label_set.id = label_set_id
     WHERE recording_id = ? ORDER BY "start", segment.id`,
  );
  const labelSets = database.prepare(
    `SELECT DISTINCT label_set.id, labels FROM segment JOIN label_set ON label_set.id = label_set_id
     WHERE recording_id = ? ORDER BY label_set.id`,
  );
  const clear = database.prepare('DELETE FROM segment WHERE recording_id = ? AND tier = ?');
  const add = database.prepare(
    `INSERT INTO segment (recording_id, tier, "start", "end", label, confidence, probabilities,
                          label_set_id, source, annotator, model)
     VALUES (?, '${modelTier}', ?, ?, ?, ?, ?, ?, 'model', '', ?)`,
  );
  const labelSetId = createLabelSets(database);
  return {
    list: (recordingId) => list.all(recordingId).map(toSegment),
    labelSets: (recordingId) =>
      labelSets.all(recordingId).map((row) => json(row, 'labels', labelsSchema)),
    replaceModelTier: (recordingId, model, labels, segments) => {
      clear.run(recordingId, modelTier);
      const labelSet = segments.length > 0 ? labelSetId(labels) : null;
      for (const { start, end, label, confidence, probabilities } of segments) {
        const values = JSON.stringify(probabilities);
        const valuesOf = probabilities.length > 0 ? labelSet : null;
        add.run(recordingId, start, end, label, confidence, values, valuesOf, model);
      }
    },
  };
}

function toSegment(row: Row): LabelledSegment {
  return {
    id: number(row, 'id'),
    recordingId: number(row, 'recording_id'),
    start: number(row, 'start'),
    end: number(row, 'end'),
    label: text(row, 'label'),
    confidence: number(row, 'confidence'),
    probabilities: json(row, 'probabilities', segmentSchema.shape.probabilities),
    source: segmentSchema.shape.source.parse(text(row, 'source')),
    annotator: text(row, 'annotator'),
    model: text(row, 'model'),
    labels: isNull(row, 'labels') ? [] : json(row, 'labels', labelsSchema),
  };
}
