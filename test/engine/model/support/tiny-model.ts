import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { hashFeatureSettings, type FeatureSettings } from '#engine/features/settings.ts';
import { inputFeatures, type ModelCard } from '#engine/model/card.ts';
import type { NetworkConfig } from '#engine/model/network-config.ts';

/** Written out, not the defaults: those may change, and a stored model must still load. */
const features: FeatureSettings = {
  version: 1,
  sampleRate: 16_000,
  frame: 512,
  hop: 160,
  window: 'hann',
  spectrum: { kind: 'log-mel', bands: 20 },
  range: 50,
  descriptors: [],
  pitch: false,
  stride: 2,
  normalisation: 'mean-variance',
  deltas: 0,
};

export const tinyCard: ModelCard = {
  format: 1,
  id: 'tiny-1',
  name: 'Tiny',
  version: '1.0.0',
  created: '2026-11-22T12:00:00Z',
  labels: ['neutral', 'angry', 'sad'],
  features,
  featureHash: hashFeatureSettings(features),
  temperature: 1.5,
  timeline: {
    windowSeconds: 2.5,
    hopSeconds: 0.5,
    smoothingCells: 1,
    unsureBelow: 0.4,
    takeover: 0.1,
    shortestSeconds: 1,
  },
  licence: 'CC0',
  corpus: 'numbers from a generator',
  protocol: 'not measured',
  scores: {
    clip: {
      uar: { mean: 0.3333, spread: 0.01 },
      uarInterval: [0.3, 0.4],
      accuracy: { mean: 0.3, spread: null },
      ece: { mean: 0.1, spread: 0 },
    },
    speaker: null,
  },
  intendedUse: 'tests',
};

export const tinyConfig: NetworkConfig = {
  inputFeatures: inputFeatures(tinyCard),
  outputs: tinyCard.labels.length,
  units: [3, 2],
  bidirectional: true,
  residual: true,
  pooling: 'attention',
  hidden: 0,
  dropout: 0.2,
};

/** Models as earlier versions saved them. */
export const storedModels = fileURLToPath(new URL('../../../fixtures/model', import.meta.url));

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'undertone-model-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

type Json = Record<string, unknown>;

/** Rewrites a JSON file of a model folder. */
export async function editJson(file: string, edit: (content: Json) => unknown): Promise<void> {
  const content = JSON.parse(await readFile(file, 'utf8')) as Json;
  await writeFile(file, JSON.stringify(edit(content)));
}
