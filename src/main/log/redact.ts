import { UndertoneError } from '#shared/contract/errors.ts';

const quoted = /(["'`]).*?\1/gs;
/** From the first absolute path or address on to the end of the line: names may hold spaces. */
const path = /(?:(?<![\w.:)\]])[\\/]|\b[A-Za-z]:[\\/]|\\\\|\b\w+:\/\/).*/g;

/** A line without what could name a person, a recording or a label: no paths, nothing quoted. */
export function redact(text: string): string {
  return text.replace(quoted, '$1…$1').replace(path, '…');
}

/**
 * What a log may tell about a failure: its kind and where in the program it was. An expected failure is
 * told by its code alone, since its sentence names files.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof UndertoneError) {
    const cause = error.cause === undefined ? '' : `, because of ${describeFailure(error.cause)}`;
    return `${error.code}${cause}`;
  }
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const [headline = ''] = error.message.split('\n');
  return [`${error.name}: ${redact(headline)}`, ...frames(error)].join('\n    at ');
}

const frame = /^\s*at (?:(.+) \()?(?:.*[\\/])?([^\\/]+:\d+:\d+)\)?$/;

function frames(error: Error): readonly string[] {
  return (error.stack ?? '')
    .split('\n')
    .map((line) => frame.exec(line))
    .filter((found) => found !== null)
    .slice(0, 12)
    .map(([, place = '', position]) => `${place} ${position ?? ''}`.trim());
}
