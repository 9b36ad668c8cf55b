import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { loadBackend, type Backend } from '#engine/model/backend.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { loadRuntime, type Runtime } from '#engine/onnx/runtime.ts';
import { toErrorShape } from '#shared/contract/errors.ts';
import { defaultModelFolder } from '../default-model.ts';
import { exitStatus } from '../exit-status.ts';
import { appVersion } from '../version.ts';

/** What is there and what is missing, each with how to get it. */
interface Findings {
  readonly undertone: string;
  readonly node: string;
  readonly engine: Backend['kind'];
  /** What computes answers; TensorFlow trains. */
  readonly prediction: { readonly kind: Runtime['kind']; readonly version: string };
  /** Of TensorFlow where the engine is native, of TensorFlow.js where it is portable. */
  readonly version: string;
  readonly reason?: string;
  readonly electron: z.infer<typeof electronFound> | null;
  readonly model: { readonly id: string; readonly licence: string } | null;
  readonly problems: readonly string[];
}

const electronFound = z.object({ version: z.string(), source: z.string(), path: z.string() });
const electronRecord = new URL('../../../node_modules/.undertone/electron.json', import.meta.url);

export function define(command: Command): void {
  command
    .option('--json', 'print one JSON object')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const findings = await examine();
      process.stdout.write(json ? `${JSON.stringify(findings)}\n` : describe(findings));
      if (findings.model === null) process.exitCode = exitStatus.someFailed;
    });
}

async function examine(): Promise<Findings> {
  const backend = await loadBackend();
  const runtime = await loadRuntime();
  const electron = findElectron();
  const { model, problem } = await findModel();
  const portable = backend.kind === 'portable';
  return {
    undertone: appVersion,
    node: process.version,
    engine: backend.kind,
    version: backend.version,
    prediction: { kind: runtime.kind, version: runtime.version },
    ...(portable ? { reason: backend.reason } : {}),
    electron,
    model,
    problems: [
      ...(portable
        ? [
            `Native TensorFlow is not in use: ${backend.reason}. "UNDERTONE_ENGINE=native npm start" tries to set it up again.`,
          ]
        : []),
      ...(electron ? [] : ['There is no Electron runtime yet. "npm start" fetches one.']),
      ...(problem === '' ? [] : [problem]),
    ],
  };
}

function findElectron(): Findings['electron'] {
  if (!existsSync(electronRecord)) return null;
  const found = electronFound.parse(JSON.parse(readFileSync(electronRecord, 'utf8')));
  return existsSync(found.path) ? found : null;
}

async function findModel(): Promise<Pick<Findings, 'model'> & { readonly problem: string }> {
  try {
    const predictor = await loadPredictor(await defaultModelFolder());
    const { id, licence } = predictor.card;
    predictor.dispose();
    return { model: { id, licence }, problem: '' };
  } catch (error) {
    const { message, hint } = toErrorShape(error);
    return { model: null, problem: `${message} ${hint}` };
  }
}

function describe({
  undertone,
  node,
  engine,
  version,
  prediction,
  electron,
  model,
  problems,
}: Findings): string {
  const library = engine === 'native' ? 'TensorFlow' : 'TensorFlow.js';
  const lines = [
    `Undertone   ${undertone} on Node ${node}`,
    `engine      ${engine} (${library} ${version})`,
    `answers     ${prediction.kind} (ONNX Runtime ${prediction.version})`,
    `Electron    ${electron ? `${electron.version} (${electron.source})` : 'missing'}`,
    `model       ${model ? `${model.id}, ${model.licence}` : 'missing'}`,
    ...(problems.length > 0 ? ['', ...problems] : ['', 'Nothing is missing.']),
  ];
  return `${lines.join('\n')}\n`;
}
