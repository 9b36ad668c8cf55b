/** Wav files for tests, built byte by byte, also such as no library writes. */

export type SampleFormat = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64';

export interface WavShape {
  readonly format: SampleFormat;
  readonly sampleRate: number;
  /** Chunks between `fmt ` and `data`, and after `data`. */
  readonly before?: readonly (readonly [id: string, bytes: Uint8Array])[];
  readonly after?: readonly (readonly [id: string, bytes: Uint8Array])[];
  /** What the header claims where it lies. */
  readonly claimed?: {
    readonly dataBytes?: number;
    readonly sampleRate?: number;
    readonly channels?: number;
  };
}

const bytesOf = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 } as const;

/** @param planes one array a channel, -1..1 */
export function makeWav(planes: readonly Float32Array[], shape: WavShape): Buffer {
  const data = encode(planes, shape.format);
  const chunks = [
    chunk('fmt ', formatChunk(planes.length, shape)),
    ...(shape.before ?? []).map(([id, bytes]) => chunk(id, bytes)),
    chunk('data', data, shape.claimed?.dataBytes),
    ...(shape.after ?? []).map(([id, bytes]) => chunk(id, bytes)),
  ];
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/** The nearest number that a sample format can hold. */
export function quantise(sample: number, format: SampleFormat): number {
  if (format === 'f32' || format === 'f64') return Math.fround(sample);
  const scale = 2 ** (8 * bytesOf[format] - 1);
  // Plus zero: integers know no negative zero.
  return Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale))) / scale + 0;
}

function encode(planes: readonly Float32Array[], format: SampleFormat): Buffer {
  const width = bytesOf[format];
  const samples = planes[0]?.length ?? 0;
  const data = Buffer.alloc(samples * planes.length * width);
  planes.forEach((plane, channel) => {
    plane.forEach((sample, index) => {
      const at = (index * planes.length + channel) * width;
      if (format === 'f32') data.writeFloatLE(sample, at);
      else if (format === 'f64') data.writeDoubleLE(sample, at);
      else writeInteger(data, at, quantise(sample, format), width);
    });
  });
  return data;
}

/** 8-bit samples are unsigned, all wider ones signed. */
function writeInteger(data: Buffer, at: number, sample: number, width: number): void {
  const value = Math.round(sample * 2 ** (8 * width - 1));
  if (width === 1) data.writeUInt8(value + 128, at);
  else data.writeIntLE(value, at, width);
}

function formatChunk(channels: number, { format, sampleRate, claimed }: WavShape): Buffer {
  const width = bytesOf[format];
  const rate = claimed?.sampleRate ?? sampleRate;
  const shown = claimed?.channels ?? channels;
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(format.startsWith('f') ? 3 : 1, 0);
  bytes.writeUInt16LE(shown, 2);
  bytes.writeUInt32LE(rate, 4);
  bytes.writeUInt32LE((rate * shown * width) % 2 ** 32, 8);
  bytes.writeUInt16LE((shown * width) % 2 ** 16, 12);
  bytes.writeUInt16LE(8 * width, 14);
  return bytes;
}

function chunk(id: string, bytes: Uint8Array, claimedBytes = bytes.length): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(claimedBytes, 4);
  return Buffer.concat([header, bytes, Buffer.alloc(bytes.length % 2)]);
}
