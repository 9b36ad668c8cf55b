import type { Scope } from '#engine/clips/classify.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import { fitTemperature, softmax } from '#engine/model/calibrate.ts';
import type { Network } from '#engine/model/network.ts';
import { isHeard, type Sample } from './dataset.ts';
import { plainFeatures } from './examples.ts';
import type { Judgement } from './metrics.ts';
import { inferLogits } from './trainer.ts';

/** Samples as a network in training hears them. */
export interface Hearing {
  readonly network: Network;
  readonly settings: FeatureSettings;
  readonly labels: readonly string[];
}

/** What a network says of samples, which may be unheard. */
export async function judge(
  { network, settings, labels }: Hearing,
  samples: readonly Sample[],
  scope: Scope,
  temperature: number,
): Promise<readonly Judgement[]> {
  const heard = samples.filter(isHeard);
  const features = heard.map((sample) => plainFeatures(sample, settings, scope));
  const logits = await inferLogits(network, features);
  const answers = new Map(heard.map((sample, index) => [sample, logits[index]]));
  return samples.map((sample) => {
    const answer = answers.get(sample);
    const probabilities = answer === undefined ? null : softmax(answer, temperature);
    return { truth: labels.indexOf(sample.label), speaker: sample.speaker, probabilities };
  });
}

/** The temperature that suits held-out speakers under all scopes together; 1 where nobody is held out. */
export async function calibrate(
  { network, settings, labels }: Hearing,
  heldOut: readonly Sample[],
  scopes: readonly Scope[],
): Promise<number> {
  const heard = heldOut.filter(isHeard);
  if (heard.length === 0) return 1;
  const logits: Float32Array[] = [];
  for (const scope of scopes) {
    const features = heard.map((sample) => plainFeatures(sample, settings, scope));
    logits.push(...(await inferLogits(network, features)));
  }
  const truths = heard.map(({ label }) => labels.indexOf(label));
  return fitTemperature({ logits, labels: scopes.flatMap(() => truths) });
}
