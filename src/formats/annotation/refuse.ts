import { UndertoneError } from '#shared/contract/errors.ts';

/** Beyond these a file is refused: no recording is that long, no person gave that many labels. */
export const limits = {
  /** 32 MiB: a day of speech labelled every second takes a tenth of it. */
  bytes: 32 * 2 ** 20,
  lines: 3_000_000,
  seconds: 1e6,
  items: 1_000_000,
  tiers: 10_000,
  labelLength: 10_000,
} as const;

/**
 * @param file what the person knows the file by
 * @param where the place in it, like "line 12"; empty where it is about the file as a whole
 */
export function refuse(file: string, where: string, reason: string, cause?: unknown): never {
  const detail = where === '' ? reason : `${where}: ${reason}`;
  throw new UndertoneError('annotations-unreadable', { subject: file, detail, cause });
}
