/** How loud the input is just now. */
export interface InputLevel {
  /** The highest peak of the last block, 0 to 1. */
  readonly peak: number;
  /** Whether the input reached full scale in the last two seconds: what is louder is cut off. */
  readonly clips: boolean;
  /** Whether it has been digital silence for two seconds: muted, or no microphone at all. */
  readonly silent: boolean;
}

export const noInput: InputLevel = { peak: 0, clips: false, silent: false };

const memorySeconds = 2;
/** A 16-bit device says no more than this. */
const fullScale = 32_767 / 32_768;

/** Follows the level of a stream of samples. */
export function createInputMeter(): (samples: Float32Array, seconds: number) => InputLevel {
  let sinceClip = Infinity;
  let silentFor = 0;
  return (samples, seconds) => {
    let peak = 0;
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
    sinceClip = peak >= fullScale ? 0 : sinceClip + seconds;
    silentFor = peak === 0 ? silentFor + seconds : 0;
    return { peak, clips: sinceClip < memorySeconds, silent: silentFor >= memorySeconds };
  };
}
