import { openAudio } from '#engine/audio/decode.ts';
import { sampleRate } from '#engine/features/frames.ts';
import type { CallContext } from '#shared/rpc/contract.ts';

/** Sound as everything hears it (mono, 16 kHz), in pieces; tells how much of it is behind. */
export async function* readMono(
  path: string,
  { signal, report }: CallContext,
): AsyncGenerator<Float32Array, void, undefined> {
  const source = await openAudio(path, { signal });
  const reading = source.read({ sampleRate, mono: true });
  let told = 0;
  for await (const [mono] of reading) {
    if (mono) yield mono;
    const fraction = reading.fraction();
    if (fraction - told < 0.01) continue;
    told = fraction;
    report({ stage: 'drawing', fraction });
  }
}
