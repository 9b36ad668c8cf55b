import type { SoundShape } from '#shared/contract/live.ts';

/*
 * RIFF/WAVE, 16-bit PCM. The room that `JUNK` takes is for `ds64`: where 32 bits can no longer say how long
 * the sound is, the file becomes one of RF64 (EBU Tech 3306) without a byte of it moving.
 */
const junkBytes = 28;
export const headerBytes = 12 + 8 + junkBytes + 8 + 16 + 8;
const most32 = 0xffff_ffff;

/** Bytes that one frame takes: a 16-bit sample of each channel. */
export function bytesPerFrame({ channels }: Pick<SoundShape, 'channels'>): number {
  return 2 * channels;
}

/** The bytes before the samples of a file that holds so many frames. */
export function wavHeader(shape: SoundShape, frames: number): Buffer {
  const dataBytes = frames * bytesPerFrame(shape);
  const riffBytes = headerBytes - 8 + dataBytes;
  const isLong = riffBytes > most32;
  const header = Buffer.alloc(headerBytes);
  header.write(isLong ? 'RF64' : 'RIFF', 0, 'latin1');
  header.writeUInt32LE(isLong ? most32 : riffBytes, 4);
  header.write(isLong ? 'WAVEds64' : 'WAVEJUNK', 8, 'latin1');
  header.writeUInt32LE(junkBytes, 16);
  if (isLong) {
    header.writeBigUInt64LE(BigInt(riffBytes), 20);
    header.writeBigUInt64LE(BigInt(dataBytes), 28);
    header.writeBigUInt64LE(BigInt(frames), 36);
  }
  header.write('fmt ', 48, 'latin1');
  writeFormat(header, 52, shape);
  header.write('data', 72, 'latin1');
  header.writeUInt32LE(isLong ? most32 : dataBytes, 76);
  return header;
}

function writeFormat(header: Buffer, at: number, { sampleRate, channels }: SoundShape): void {
  const width = bytesPerFrame({ channels });
  header.writeUInt32LE(16, at);
  header.writeUInt16LE(1, at + 4);
  header.writeUInt16LE(channels, at + 6);
  header.writeUInt32LE(sampleRate, at + 8);
  header.writeUInt32LE(sampleRate * width, at + 12);
  header.writeUInt16LE(width, at + 16);
  header.writeUInt16LE(16, at + 18);
}

/** What a header of ours says of the sound; null where it is not a whole one. */
export function readShape(header: Buffer): SoundShape | null {
  if (header.length < headerBytes || header.toString('latin1', 72, 76) !== 'data') return null;
  return { channels: header.readUInt16LE(58), sampleRate: header.readUInt32LE(60) };
}
