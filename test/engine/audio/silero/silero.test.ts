import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sileroChunk, sileroContext } from '#engine/audio/silero/frames.ts';
import { freshState, loadSilero, type Silero } from '#engine/audio/silero/silero.ts';
import { join32 } from '#shared/domain/float32.ts';
import { emodbClips } from '../../../support/emodb.ts';

const chunks = 600;
const clips = join32(emodbClips().map(({ samples }) => samples));
/** Speech with its context before it. */
const sound = join32([new Float32Array(sileroContext), clips]).subarray(
  0,
  sileroContext + chunks * sileroChunk,
);

/** The model file as it was published, one chunk after another. */
async function published(): Promise<Float32Array> {
  const path = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx');
  const session = await InferenceSession.create(await readFile(path), { logSeverityLevel: 3 });
  const sr = new Tensor('int64', BigInt64Array.of(16_000n), []);
  let state = new Tensor('float32', new Float32Array(256), [2, 1, 128]);
  const probabilities = new Float32Array(chunks);
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const at = chunk * sileroChunk;
    const heard = sound.slice(at, at + sileroContext + sileroChunk);
    const input = new Tensor('float32', heard, [1, heard.length]);
    const result = await session.run({ input, state, sr });
    probabilities[chunk] = Number(result['output']?.data[0]);
    state = result['stateN'] as typeof state;
  }
  await session.release();
  return probabilities;
}

function furthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? NaN))), 0);
}

describe.each([
  ['native', false],
  ['portable', true],
] as const)('Silero, %s', (kind, portable) => {
  let silero: Silero;
  let truth: Float32Array;
  beforeAll(async () => {
    silero = await loadSilero(portable);
    truth = await published();
  });
  afterAll(() => silero.release());

  it('answers as the published model does, to many chunks at once', async () => {
    expect(silero.kind).toBe(kind);
    expect(Math.max(...truth) - Math.min(...truth)).toBeGreaterThan(0.9);
    const { probabilities } = await silero.judge(sound, freshState);
    expect(furthest(truth, probabilities)).toBeLessThan(1e-4);
  });

  it('answers alike when the chunks come one by one', async () => {
    const answers: Float32Array[] = [];
    let state = freshState;
    for (let at = 0; at < 40 * sileroChunk; at += sileroChunk) {
      const judged = await silero.judge(
        sound.subarray(at, at + sileroContext + sileroChunk),
        state,
      );
      answers.push(judged.probabilities);
      state = judged.state;
    }
    expect(furthest(truth.subarray(0, 40), join32(answers))).toBeLessThan(1e-4);
  });
});
