import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { toWav } from '#engine/audio/wav.ts';
import { analyseRecording } from '#engine/analysis/analyse.ts';
import { sampleRate } from '#engine/features/frames.ts';
import { timelineSettings, type TimelineSettings } from '#engine/timeline/settings.ts';
import { toSeconds } from '#shared/domain/time.ts';
import { groupBy } from '../group-by.ts';
import type { TrainingTools } from '../training-data.ts';
import { assemble } from './assemble.ts';
import { withPredictor, type Fold } from './folds.ts';
import { addTallies, tallyTimeline, type TimelineTally } from './timeline-score.ts';

export interface TimelineRow {
  readonly settings: TimelineSettings;
  readonly recordings: number;
  readonly minutes: number;
  /** Shares of the speech time. */
  readonly right: number;
  readonly unsure: number;
  readonly missed: number;
  /** Of what was not unsure, the share that is right. */
  readonly rightWhereSure: number;
  /** Share of the silence that was given an emotion. */
  readonly invented: number;
  /** Median, in seconds. */
  readonly boundaryError: number;
}

/** One change at a time from the settings in use, and the combinations of the two that interact. */
export const timelineChoices: readonly TimelineSettings[] = [1.5, 2.5, 4].flatMap((windowSeconds) =>
  [0.25, 0.5].flatMap((hopSeconds) =>
    [0, 1, 2].map((smoothingCells) =>
      timelineSettings.parse({ windowSeconds, hopSeconds, smoothingCells }),
    ),
  ),
);

/** How right timelines are about recordings put together from clips of speakers that a network never heard. */
export async function studyTimeline(
  folds: readonly Fold[],
  choices: readonly TimelineSettings[],
  tools: TrainingTools,
  onProgress?: (done: number, of: number) => void,
): Promise<readonly TimelineRow[]> {
  const tallies = choices.map(() => [] as TimelineTally[]);
  const scratch = await mkdtemp(join(tools.cacheFolder, 'timeline-'));
  const total = folds.length * choices.length;
  let done = 0;
  try {
    for (const { folder, test } of folds) {
      const recordings = await makeRecordings(test, scratch, tools);
      await withPredictor(folder, async (predictor) => {
        const { voiceActivity } = tools;
        for (const [index, settings] of choices.entries()) {
          for (const { path, assembled } of recordings) {
            const { segments } = await analyseRecording(
              path,
              { predictor, voiceActivity, scratchFolder: scratch },
              { signal: tools.signal ?? new AbortController().signal, report: () => undefined },
              { timeline: settings },
            );
            tallies[index]?.push(tallyTimeline(assembled, segments));
          }
          done += 1;
          onProgress?.(done, total);
        }
      });
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
  return choices.map((settings, index) => describe(settings, tallies[index] ?? []));
}

type Recording = Readonly<{ path: string; assembled: Awaited<ReturnType<typeof assemble>> }>;

/** One of each speaker, as wav files. */
async function makeRecordings(
  clips: Fold['test'],
  scratch: string,
  { voiceActivity }: TrainingTools,
): Promise<readonly Recording[]> {
  const recordings: Recording[] = [];
  for (const [speaker, own] of groupBy(clips, ({ speaker }) => speaker)) {
    const assembled = await assemble(own, voiceActivity, speaker);
    const path = join(scratch, `${speaker.replaceAll('/', '-')}.wav`);
    await writeFile(path, toWav([assembled.samples], sampleRate, 'int16'));
    recordings.push({ path, assembled });
  }
  return recordings;
}

function describe(settings: TimelineSettings, tallies: readonly TimelineTally[]): TimelineRow {
  const { speech, right, unsure, missed, silence, invented, boundaryErrors } = addTallies(tallies);
  return {
    settings,
    recordings: tallies.length,
    minutes: toSeconds(speech + silence, sampleRate) / 60,
    right: right / speech,
    unsure: unsure / speech,
    missed: missed / speech,
    rightWhereSure: right / (speech - unsure - missed),
    invented: invented / silence,
    boundaryError: toSeconds(median([...boundaryErrors]), sampleRate),
  };
}
