import { Command } from 'commander';
import { createLiveAnalysis } from '#engine/live/live-analysis.ts';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { shippedModel } from '../test/support/shipped-model.ts';
import { repeated, speech } from './speech.ts';

/**
 * What listening along costs the engine: speech handed over as a microphone does, 50 ms at a time, each piece timed
 * from its samples to the cells told of it. `node --import tsx bench/live.ts --minutes 5`
 */
const { minutes } = new Command('live')
  .option('--minutes <number>', 'of speech', Number, 5)
  .parse()
  .opts<{ readonly minutes: number }>();

const sampleRate = 16_000;
const piece = sampleRate / 20;
const predictor = await loadPredictor(shippedModel);
const voiceActivity = await createVoiceActivity();
const live = await createLiveAnalysis({ predictor, voiceActivity }, { sampleRate, channels: 1 });
const samples = repeated(await speech(), 60 * minutes);
const took: number[] = [];
for (let at = 0; at < samples.length; at += piece) {
  const { engineMilliseconds } = await live.push(samples.subarray(at, at + piece));
  took.push(engineMilliseconds);
}
live.dispose();
predictor.dispose();
await voiceActivity.dispose();

const sorted = took.toSorted((a, b) => a - b);
const quantile = (share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
const megabytes = (process.memoryUsage().rss / 2 ** 20).toFixed(0);
process.stdout.write(
  `${took.length} pieces of 50 ms, ${voiceActivity.kind} engine: ${quantile(0.5)} ms in the middle, ` +
    `${quantile(0.95)} ms at the 95th percentile, ${quantile(0.99)} ms at the 99th, ` +
    `${quantile(1)} ms at most; ${megabytes} MB\n`,
);
