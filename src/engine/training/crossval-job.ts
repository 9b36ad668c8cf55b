import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { toErrorShape } from '#shared/contract/errors.ts';
import { hearShare, trainShare } from './crossval.ts';
import type { JobMessage, JobOrder } from './crossval-jobs.ts';

/** A process that does its share of a cross-validation and ends; `runJobs` starts it. */
process.once('message', (order: JobOrder) => {
  void doWork(order);
});

function say(message: JobMessage): void {
  process.send?.(message);
}

async function doWork({ work, task, cacheFolder, share }: JobOrder): Promise<void> {
  const voiceActivity = await createVoiceActivity();
  const onProgress = (progress: JobProgress): void => {
    say({ kind: 'progress', progress });
  };
  try {
    const doShare = work === 'features' ? hearShare : trainShare;
    await doShare({ ...task, onProgress }, { voiceActivity, cacheFolder }, share);
  } catch (error) {
    say({ kind: 'failed', error: toErrorShape(error) });
    process.exitCode = 1;
  } finally {
    await voiceActivity.dispose();
    process.disconnect();
  }
}

type JobProgress = Extract<JobMessage, { kind: 'progress' }>['progress'];
