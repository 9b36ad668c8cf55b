/** What of a file a request wants; `start` and `end` are byte positions, both included, as in HTTP. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

const single = /^bytes=(\d*)-(\d*)$/;

/**
 * Reads a `Range` header (RFC 9110, section 14.2). What is malformed, in another unit or of several parts
 * may be ignored by that standard, and is: the answer is the whole file.
 *
 * @param size of the file in bytes
 */
export function parseRange(header: string | null, size: number): ByteRange {
  const [found, first = '', last = ''] = single.exec(header ?? '') ?? [];
  if (found === undefined || (first === '' && last === '')) return { kind: 'whole' };
  if (first === '') return suffix(Number(last), size);
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start < size ? { kind: 'part', start, end } : { kind: 'unsatisfiable' };
}

function suffix(length: number, size: number): ByteRange {
  if (length === 0 || size === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', start: Math.max(0, size - length), end: size - 1 };
}
