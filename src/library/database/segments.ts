import {
  segment as segmentSchema,
  type ProposedSegment,
  type Segment,
} from '#shared/domain/segment.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { Span } from '#shared/domain/time.ts';
import { createLabelSets, labelsSchema } from './analyses.ts';
import type { Database, Row, SqlValue } from './connection.ts';
import { isNull, json, number, numbers, text } from './row.ts';
import { createSpeechCount } from './speech.ts';

/** A segment with what its probabilities are of; empty where it has none. */
export interface LabelledSegment extends Segment {
  readonly labels: readonly string[];
}

export interface Segments {
  /** Tier by tier, each in the order of start. */
  readonly list: (recordingId: number) => readonly LabelledSegment[];
  /** Those of a tier that a span touches, and the next one on either side, as long as none overlap. */
  readonly around: (recordingId: number, tier: string, span: Span) => readonly LabelledSegment[];
  /** Those of the ids that there are. */
  readonly findAll: (ids: readonly number[]) => readonly LabelledSegment[];
  /** What the probabilities of a recording's segments are of; more than one set after a change of model. */
  readonly labelSets: (recordingId: number) => readonly (readonly string[])[];
  /** What is said on a tier, in whichever recordings, in the order of the alphabet. */
  readonly labelsOn: (tier: string) => readonly string[];
  /** Adds a segment under a new id, which is returned. */
  readonly add: (segment: LabelledSegment) => number;
  /** Stores a segment as it is now, on its tier. */
  readonly put: (segment: LabelledSegment) => void;
  readonly remove: (id: number) => void;
  /** Puts a model's segments in place of those of the analysis before; other tiers are never touched. */
  readonly replaceModelTier: (
    recordingId: number,
    model: string,
    labels: readonly string[],
    segments: readonly ProposedSegment[],
  ) => void;
}

const selection = `
  SELECT segment.id, recording_id, tier, "start", "end", label, confidence, probabilities, source,
         iif(tier.kind = 'annotator', tier.name, '') AS annotator, model, note, labels
  FROM segment
  LEFT JOIN label_set ON label_set.id = label_set_id
  LEFT JOIN tier ON tier.id = tier`;

export function createSegments(database: Database): Segments {
  const list = database.prepare(
    `${selection} WHERE recording_id = ? ORDER BY tier.position, tier, "start", segment.id`,
  );
  const findAll = database.prepare(
    `${selection} WHERE segment.id IN (SELECT value FROM json_each(?)) ORDER BY segment.id`,
  );
  const labelSets = database.prepare(
    `SELECT DISTINCT label_set.id, labels FROM segment JOIN label_set ON label_set.id = label_set_id
     WHERE recording_id = ? ORDER BY label_set.id`,
  );
  const labelsOn = database.prepare(
    'SELECT DISTINCT label FROM segment WHERE tier = ? ORDER BY label',
  );
  const clear = database.prepare('DELETE FROM segment WHERE recording_id = ? AND tier = ?');
  const add = database.prepare(
    `INSERT INTO segment (recording_id, tier, "start", "end", label, confidence, probabilities,
                          label_set_id, source, model, note, annotator)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')`,
  );
  const put = database.prepare(
    `UPDATE segment
     SET recording_id = ?, tier = ?, "start" = ?, "end" = ?, label = ?, confidence = ?,
         probabilities = ?, label_set_id = ?, source = ?, model = ?, note = ?
     WHERE id = ?`,
  );
  const remove = database.prepare('DELETE FROM segment WHERE id = ?');
  const labelSetId = createLabelSets(database);
  const countSpeech = createSpeechCount(database);
  const toSegment = createReader();

  function cells(segment: Omit<LabelledSegment, 'id' | 'annotator'>): readonly SqlValue[] {
    const { recordingId, tier, start, end, label, confidence, probabilities } = segment;
    const { labels, source, model, note } = segment;
    const labelSet = probabilities.length > 0 ? labelSetId(labels) : null;
    const values = JSON.stringify(probabilities);
    return [
      recordingId,
      tier,
      start,
      end,
      label,
      confidence,
      values,
      labelSet,
      source,
      model,
      note,
    ];
  }

  return {
    list: (recordingId) => list.all(recordingId).map(toSegment),
    around: createAround(database, toSegment),
    findAll: (ids) => findAll.all(JSON.stringify(ids)).map(toSegment),
    labelSets: (recordingId) =>
      labelSets.all(recordingId).map((row) => json(row, 'labels', labelsSchema, [])),
    labelsOn: (tier) => labelsOn.all(tier).map((row) => text(row, 'label')),
    add: (segment) => add.run(...cells(segment)),
    put: (segment) => {
      put.run(...cells(segment), segment.id);
    },
    remove: (id) => {
      remove.run(id);
    },
    replaceModelTier: (recordingId, model, labels, segments) => {
      clear.run(recordingId, modelTier);
      for (const segment of segments) {
        const own = {
          recordingId,
          tier: modelTier,
          source: 'model',
          model,
          note: '',
          labels,
        } as const;
        add.run(...cells({ ...segment, ...own }));
      }
      countSpeech(recordingId);
    },
  };
}

/** Three statements, so that each goes by the index however long the tier is. */
function createAround(
  database: Database,
  toSegment: (row: Row) => LabelledSegment,
): Segments['around'] {
  const ofTier = `${selection} WHERE recording_id = ? AND segment.tier = ?`;
  const within = database.prepare(`${ofTier} AND "start" >= ? AND "start" < ? ORDER BY "start"`);
  const last = database.prepare(`${ofTier} AND "start" < ? ORDER BY "start" DESC LIMIT 1`);
  const next = database.prepare(`${ofTier} AND "start" >= ? ORDER BY "start" LIMIT 1`);
  return (recordingId, tier, { start, end }) =>
    [
      ...last.all(recordingId, tier, start),
      ...within.all(recordingId, tier, start, end),
      ...next.all(recordingId, tier, Math.max(start, end)),
    ].map(toSegment);
}

/** Thousands of segments share a few sets of labels: each text is read once. */
function createReader(): (row: Row) => LabelledSegment {
  const sets = new Map<string, readonly string[]>();

  function labelsOf(row: Row): readonly string[] {
    if (isNull(row, 'labels')) return [];
    const key = text(row, 'labels');
    const labels = sets.get(key) ?? json(row, 'labels', labelsSchema, []);
    sets.set(key, labels);
    return labels;
  }

  return (row) => ({
    id: number(row, 'id'),
    recordingId: number(row, 'recording_id'),
    tier: text(row, 'tier'),
    start: number(row, 'start'),
    end: number(row, 'end'),
    label: text(row, 'label'),
    confidence: number(row, 'confidence'),
    probabilities: numbers(row, 'probabilities'),
    source: segmentSchema.shape.source.parse(text(row, 'source')),
    annotator: text(row, 'annotator'),
    model: text(row, 'model'),
    note: text(row, 'note'),
    labels: labelsOf(row),
  });
}
