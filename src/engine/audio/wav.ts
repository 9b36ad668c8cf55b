import type { Planes } from './frame-converter.ts';

const headerBytes = 44;

/** Of a wav's samples: 16 bits, with louder ones than -1..1 clipped, or as they are. */
type SampleFormat = 'int16' | 'float32';

const formats = {
  int16: { tag: 1, bytes: 2 },
  float32: { tag: 3, bytes: 4 },
} as const;

/** A wav file of these channels. */
export function toWav(planes: Planes, sampleRate: number, format: SampleFormat): Uint8Array {
  const { tag, bytes: width } = formats[format];
  const channels = planes.length;
  const dataBytes = width * channels * (planes[0]?.length ?? 0);
  const wav = Buffer.alloc(headerBytes + dataBytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(tag, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(width * channels * sampleRate, 28);
  wav.writeUInt16LE(width * channels, 32);
  wav.writeUInt16LE(8 * width, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(dataBytes, 40);
  for (const [channel, plane] of planes.entries()) {
    for (const [index, sample] of plane.entries()) {
      const at = headerBytes + width * (index * channels + channel);
      if (format === 'int16') wav.writeInt16LE(toInt16(sample), at);
      else wav.writeFloatLE(sample, at);
    }
  }
  return wav;
}

function toInt16(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
}
