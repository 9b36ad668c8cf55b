import type { ModelCard } from '#engine/model/card.ts';
import type { CardStudies } from '#engine/model/card-studies.ts';
import { percent, table } from './text.ts';

/** Sections of `CARD.md` about what was studied beside the scores; none about what was not. */
export function describeStudies({ studies, adaptation }: ModelCard): readonly string[] {
  const { robustness, timeline, otherCorpora } = studies ?? {};
  return [
    ...(robustness === undefined ? [] : [describeRobustness(robustness)]),
    ...(otherCorpora === undefined
      ? []
      : [describeOtherCorpora(otherCorpora), ...describeGroups(otherCorpora)]),
    ...(timeline === undefined ? [] : [describeTimeline(timeline)]),
    ...(adaptation === undefined ? [] : [describeAdaptation(adaptation)]),
  ];
}

type Rows<Study extends keyof CardStudies> = NonNullable<CardStudies[Study]>;

function describeRobustness(rows: Rows<'robustness'>): string {
  return [
    '## Worse sound',
    'Networks of the cross-validation on the speakers that each never heard, one seed, normalised per clip. The same sound made worse:',
    table(
      ['condition', 'clips', 'speakers', 'UAR', '95 % interval', 'no speech heard'],
      rows.map(({ condition, clips, speakers, uar, uarInterval, unheard }) => [
        condition,
        String(clips),
        String(speakers),
        percent(uar),
        uarInterval.map(percent).join(' to '),
        String(unheard),
      ]),
    ),
  ].join('\n\n');
}

function describeOtherCorpora(rows: Rows<'otherCorpora'>): string {
  return [
    '## Other corpora',
    'The model itself on speech of a corpus that no training heard; only labels that both have are counted as right, and the model may answer any of its own:',
    table(
      [
        'corpus',
        'normalised per',
        'clips',
        'speakers',
        'labels',
        'UAR',
        '95 % interval',
        'accuracy',
        'ECE',
      ],
      rows.map((row) => [
        row.corpus,
        row.scope,
        String(row.clips),
        String(row.speakers),
        row.labels.join(', '),
        percent(row.uar),
        row.uarInterval.map(percent).join(' to '),
        percent(row.accuracy),
        percent(row.ece),
      ]),
    ),
  ].join('\n\n');
}

function describeGroups(corpora: Rows<'otherCorpora'>): readonly string[] {
  const rows = corpora.flatMap(({ corpus, scope, byGroup = [] }) =>
    byGroup.flatMap((grouping) =>
      grouping.groups.map(({ name, clips, speakers, value, interval, isReliable }) => [
        corpus,
        scope,
        grouping.by,
        name,
        String(clips),
        String(speakers),
        grouping.measure === 'uar' ? 'UAR' : 'accuracy',
        percent(value),
        interval?.map(percent).join(' to ') ?? 'one speaker',
        isReliable ? '' : 'not reliable',
        grouping.difference === null ? 'not known' : percent(grouping.difference),
      ]),
    ),
  );
  if (rows.length === 0) return [];
  const head = [
    ...['corpus', 'normalised per', 'by', 'group', 'clips', 'speakers', 'measure', 'value'],
    ...['95 % interval', 'remark', 'between best and worst'],
  ];
  return [
    [
      '## By group',
      'The same answers, group by group. Groups of fewer than 20 clips are not reliable and do not count for the difference:',
      table(head, rows),
    ].join('\n\n'),
  ];
}

function describeTimeline(rows: Rows<'timeline'>): string {
  return [
    '## On a timeline',
    'Recordings put together from the clips of one unheard speaker each, with pauses of 0.3 to 2 s. Shares of the speech time, and of the silence that was given an emotion; the error of boundaries is a median:',
    table(
      [
        'window',
        'hop',
        'smoothing',
        'speakers',
        'minutes',
        'right',
        'unsure',
        'missed',
        'silence called emotion',
        'boundaries',
      ],
      rows.map((row) => [
        `${row.windowSeconds} s`,
        `${row.hopSeconds} s`,
        String(row.smoothingCells),
        String(row.recordings),
        row.minutes.toFixed(0),
        percent(row.right),
        percent(row.unsure),
        percent(row.missed),
        percent(row.invented),
        `${row.boundaryError.toFixed(2)} s`,
      ]),
    ),
  ].join('\n\n');
}

function describeAdaptation(rows: NonNullable<ModelCard['adaptation']>): string {
  return [
    '## Corrected by its user',
    "How much the UAR on a speaker's other clips rose after some of that speaker's clips were corrected, mean over speakers:",
    table(
      ['clips corrected', 'points gained'],
      rows.map(({ corrections, gain }) => [String(corrections), (100 * gain).toFixed(1)]),
    ),
  ].join('\n\n');
}
