import { randomUUID } from 'node:crypto';
import type { AnnotationItem, AnnotationTier } from '#formats/annotation/document.ts';
import type { ImportReport } from '#shared/contract/exchange.ts';
import type { ImportMapping, TierTarget } from '#shared/domain/import-mapping.ts';
import type { RowProblem } from '#shared/domain/row-problems.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { modelTier, type Tier } from '#shared/domain/tier.ts';
import type { Span } from '#shared/domain/time.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { Found, FoundRows } from './content.ts';
import { placeRows, type PlacedRow, type Row } from './place.ts';
import { createTally, type Tally } from './tally.ts';

/** The project as an import finds it. */
export interface ImportSituation {
  readonly tiers: readonly Tier[];
  /** Names of the labels on offer. */
  readonly labels: readonly string[];
  /** Undefined where the recording could not be read. */
  readonly soundOf: (recordingId: number) => Sound | undefined;
  /** What is on a tier of a recording already, in order. */
  readonly takenOn: (recordingId: number, tier: string) => readonly Span[];
}

export interface ImportPlan {
  readonly segments: readonly LabelledSegment[];
  readonly newTiers: readonly Tier[];
  readonly newLabels: readonly string[];
  readonly report: ImportReport;
}

/** An item with where it comes from. */
interface Mapped {
  readonly item: AnnotationItem;
  readonly from: Pick<AnnotationTier, 'name' | 'source' | 'annotator'>;
  readonly label: string;
}

interface Group {
  readonly recordingId: number;
  readonly tier: Tier;
  readonly rows: Row<Mapped>[];
}

/**
 * What an import stores, and what becomes of every row. Nothing is changed.
 *
 * @param unread rows that were rejected when the files were read
 */
export function planImport(
  found: Found,
  mapping: ImportMapping,
  situation: ImportSituation,
  unread: readonly RowProblem[],
): ImportPlan {
  const tally = createTally(unread);
  const targets = chooseTiers(mapping.tiers, situation.tiers);
  const groups = groupRows(found, mapping, targets, situation, tally);
  const segments = groups.flatMap((group) => placeGroup(group, situation, tally));
  const used = new Set(segments.map(({ tier }) => tier));
  const newTiers = [...new Map(targets.flatMap((tier) => (tier ? [[tier.id, tier]] : []))).values()]
    .filter(({ id }) => used.has(id))
    .filter(({ id }) => situation.tiers.every((tier) => tier.id !== id));
  const speakers = new Set(targets.flatMap((tier) => (tier?.kind === 'speakers' ? [tier.id] : [])));
  const given = new Set(segments.flatMap(({ tier, label }) => (speakers.has(tier) ? [] : [label])));
  const newLabels = [...given].filter((label) => !situation.labels.includes(label));
  return {
    segments,
    newTiers,
    newLabels,
    report: {
      ...tally.report(),
      recordings: [...new Set(segments.map(({ recordingId }) => recordingId))],
      newTiers: newTiers.map(({ name }) => name),
      newLabels,
    },
  };
}

/** The tier of each target; those of one new name are one. Undefined where it is left out. */
function chooseTiers(
  targets: readonly TierTarget[],
  tiers: readonly Tier[],
): readonly (Tier | undefined)[] {
  const made = new Map<string, Tier>();
  return targets.map((target) => {
    if (target.kind === 'leave out') return undefined;
    if (target.kind === 'tier') {
      return tiers.find(({ id }) => id === target.id && id !== modelTier);
    }
    const known = tiers.find(({ id, name }) => id !== modelTier && name === target.name);
    const tier = known ??
      made.get(target.name) ?? { id: randomUUID(), kind: target.of, name: target.name };
    made.set(target.name, tier);
    return tier;
  });
}

function groupRows(
  found: Found,
  mapping: ImportMapping,
  targets: readonly (Tier | undefined)[],
  situation: ImportSituation,
  tally: Tally,
): readonly Group[] {
  const labels = new Map(
    found.labels.map(({ label }, index) => [label, mapping.labels[index] ?? null]),
  );
  const groups = new Map<string, Group>();
  for (const rows of found.rows) {
    const place = placeOf(found, rows);
    const recordingId = mapping.recordings[rows.recording] ?? null;
    const tier = targets[rows.tier];
    const reason = refusalOf(recordingId, tier, situation);
    if (reason !== null || recordingId === null || tier === undefined) {
      for (const item of rows.items) tally.rejected(reason ?? '', place(item));
      continue;
    }
    const key = `${recordingId} ${tier.id}`;
    const group = groups.get(key) ?? { recordingId, tier, rows: [] };
    groups.set(key, group);
    const from = found.tiers[rows.tier];
    for (const item of rows.items) {
      const label = tier.kind === 'speakers' ? item.label.trim() : labels.get(item.label);
      if (!label || !from) tally.rejected('its label is left out', place(item));
      else group.rows.push({ start: item.start, end: item.end, item: { item, from, label } });
    }
  }
  return [...groups.values()];
}

function refusalOf(
  recordingId: number | null,
  tier: Tier | undefined,
  { soundOf }: ImportSituation,
): string | null {
  if (recordingId === null) return 'its recording is left out';
  if (tier === undefined) return 'its tier is left out';
  return soundOf(recordingId) ? null : 'its recording cannot be read';
}

function placeGroup(
  { recordingId, tier, rows }: Group,
  { soundOf, takenOn }: ImportSituation,
  tally: Tally,
): readonly LabelledSegment[] {
  const sound = soundOf(recordingId);
  if (!sound) return [];
  const { samples, sampleRate } = sound;
  const taken = takenOn(recordingId, tier.id);
  return placeRows(rows, { samples, sampleRate, taken }).flatMap((placement) => {
    const { item } = placement.row;
    const place = tellPlace(item.from.name, item.item);
    if (placement.rejected !== null) tally.rejected(placement.rejected, place);
    else if (placement.changed !== null) tally.changed(placement.changed, place);
    else tally.accepted();
    return placement.placed.map((placed) => toSegment(placed, recordingId, tier));
  });
}

/** A person's segment. What a model said of it stays with it, as with one that is accepted. */
function toSegment(
  { start, end, item: { item, from, label } }: PlacedRow<Mapped>,
  recordingId: number,
  { id, kind, name }: Tier,
): LabelledSegment {
  const isModels = from.source === 'model';
  return {
    id: 0,
    recordingId,
    tier: id,
    start,
    end,
    label,
    confidence: isModels ? 1 : (item.confidence ?? 1),
    source: 'person',
    annotator: kind === 'annotator' ? name : '',
    model: isModels ? from.annotator : '',
    probabilities: item.probabilities,
    labels: item.labels,
    note: item.note,
  };
}

function placeOf(found: Found, { tier }: FoundRows): (item: AnnotationItem) => string {
  const name = found.tiers[tier]?.name ?? '';
  return (item) => tellPlace(name, item);
}

/** Where a row is, for one who looks for it in the file. */
function tellPlace(tier: string, { start, label }: AnnotationItem): string {
  const said = label.replace(/\s+/gu, ' ').slice(0, 30);
  return `“${said}” at ${Number(start.toFixed(3))} s of ${tier}`;
}
