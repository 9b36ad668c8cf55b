import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const timed = { name: z.string() };
const network = z.object({ ...timed, forward: z.number(), step: z.number() }).nullable();
const pythonTimes = z.object({
  torch: network,
  keras: network,
  librosa: z.object({ ...timed, mfcc: z.number() }).nullable(),
});
/** In ms; null where Python has not got the library. */
export type PythonTimes = z.infer<typeof pythonTimes>;

const nothing: PythonTimes = { torch: null, keras: null, librosa: null };
const script = fileURLToPath(new URL('./libraries.py', import.meta.url));
const running = new Map<string, Promise<PythonTimes>>();

/**
 * What the Python libraries take, once a run of the benchmark.
 *
 * @param wav 16 kHz, mono, 16 bits
 */
export function timePython(wav: string): Promise<PythonTimes> {
  const known = running.get(wav) ?? runPython(wav);
  running.set(wav, known);
  return known;
}

/** The environment variable `PYTHON` names another one than the usual. */
async function runPython(wav: string): Promise<PythonTimes> {
  const python = process.env['PYTHON'] ?? 'python3';
  try {
    const { stdout } = await promisify(execFile)(python, [script, wav]);
    return pythonTimes.parse(JSON.parse(stdout));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nothing;
    throw error;
  }
}

export function missingPeers(times: PythonTimes): readonly string[] {
  const names = { torch: 'PyTorch', keras: 'Keras', librosa: 'librosa' } as const;
  const missing = (['torch', 'keras', 'librosa'] as const).filter((name) => times[name] === null);
  if (missing.length === 0) return [];
  return [`Not compared: ${missing.map((name) => names[name]).join(', ')}; Python has none here.`];
}
