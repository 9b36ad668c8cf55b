import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { toErrorShape } from '#shared/contract/errors.ts';
import { trainShare } from './crossval.ts';
import type { JobMessage, JobOrder } from './crossval-jobs.ts';

/** A process that trains its share of a cross-validation and ends; `runJobs` starts it. */
process.once('message', (order: JobOrder) => {
  void work(order);
});

function say(message: JobMessage): void {
  process.send?.(message);
}

async function work({ task, cacheFolder, share }: JobOrder): Promise<void> {
  const voiceActivity = await createVoiceActivity();
  const onProgress = (progress: JobProgress): void => {
    say({ kind: 'progress', progress });
  };
  try {
    await trainShare({ ...task, onProgress }, { voiceActivity, cacheFolder }, share);
  } catch (error) {
    say({ kind: 'failed', error: toErrorShape(error) });
    process.exitCode = 1;
  } finally {
    await voiceActivity.dispose();
    process.disconnect();
  }
}

type JobProgress = Extract<JobMessage, { kind: 'progress' }>['progress'];
