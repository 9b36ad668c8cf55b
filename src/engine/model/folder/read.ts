import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { UndertoneError } from '#shared/contract/errors.ts';
import { inputFeatures, modelCard, type ModelCard } from '../card.ts';
import type { NetworkConfig } from '../network-config.ts';
import type { Weight } from '../network.ts';
import { decodeWeights, manifest, misfit, type Manifest } from './manifest.ts';

/** What a model folder holds, checked. */
export interface StoredModel {
  readonly config: NetworkConfig;
  /** In the order of `model.json`. */
  readonly weights: readonly Weight[];
  readonly card: ModelCard;
}

const largestJson = 1_000_000;
const largestWeights = 500_000_000;

/**
 * Reads a model folder, which may come from anywhere: only its three files are opened, everything in them is
 * checked before it is used, and no number in them is believed before it agrees with the rest. What its network
 * answers is checked by whoever makes one of it: `refuseOverflow`.
 *
 * @throws UndertoneError model-missing, model-invalid with what is wrong, file-forbidden
 */
export async function readModel(folder: string): Promise<StoredModel> {
  const description = await readJson(folder, 'model.json', manifest);
  const card = await readJson(folder, 'card.json', modelCard);
  const wrong = disagree(description, card) ?? misfit(description);
  if (wrong !== undefined) throw invalid(folder, wrong);
  const weights = await readWeights(folder, description);
  return { config: description.network, weights, card };
}

/**
 * Finite weights can still overflow: one answer shows it before a recording does.
 *
 * @param logits of the network for a clip of eight steps of ones
 * @throws UndertoneError model-invalid
 */
export function refuseOverflow(folder: string, logits: Float32Array): void {
  if (!logits.every(Number.isFinite)) throw invalid(folder, 'its answers are no numbers');
}

function disagree({ network }: Manifest, card: ModelCard): string | undefined {
  if (network.outputs !== card.labels.length) {
    return `its network tells ${network.outputs} labels apart, its card names ${card.labels.length}`;
  }
  if (network.inputFeatures !== inputFeatures(card)) {
    return `its network hears ${network.inputFeatures} features, its card describes ${inputFeatures(card)}`;
  }
  return undefined;
}

async function readWeights(folder: string, description: Manifest): Promise<readonly Weight[]> {
  const bytes = await readChecked(folder, 'weights.bin', largestWeights);
  if (bytes.length !== description.weights.bytes) {
    const { bytes: expected } = description.weights;
    throw invalid(folder, `weights.bin has ${bytes.length} bytes where ${expected} are needed`);
  }
  const weights = decodeWeights(description, bytes);
  if ('refused' in weights) throw invalid(folder, weights.refused);
  return weights;
}

async function readJson<Schema extends z.ZodType>(
  folder: string,
  name: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const bytes = await readChecked(folder, name, largestJson);
  const parsed = schema.safeParse(parseJson(folder, name, bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = [name, ...(issue?.path ?? []).map(String)].join(' › ');
  throw invalid(folder, `${where}: ${issue?.message ?? 'not as expected'}`, parsed.error);
}

function parseJson(folder: string, name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalid(folder, `${name} is not JSON`, error);
  }
}

/** A plain file of the folder itself, no longer than `largest`; links and pipes are refused unopened. */
async function readChecked(folder: string, name: string, largest: number): Promise<Uint8Array> {
  const file = path.join(folder, name);
  try {
    const found = await lstat(file);
    if (!found.isFile()) throw invalid(folder, `${name} is not a plain file`);
    if (found.size > largest) throw invalid(folder, `${name} is larger than ${largest} bytes`);
    return await readFile(file);
  } catch (error) {
    throw asReadError(folder, name, error);
  }
}

function asReadError(folder: string, name: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') {
    return new UndertoneError('file-forbidden', { subject: path.join(folder, name), cause });
  }
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return cause;
  return name === 'model.json'
    ? new UndertoneError('model-missing', { subject: folder, cause })
    : invalid(folder, `${name} is missing`, cause);
}

function invalid(subject: string, detail: string, cause?: unknown): UndertoneError {
  return new UndertoneError('model-invalid', { subject, detail, cause });
}
