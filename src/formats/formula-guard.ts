/**
 * A spreadsheet runs a cell that begins like a formula, so a label from a stranger's file could run on a
 * colleague's machine (OWASP ASVS 5.0, 1.2.10). Such text gets an apostrophe in front. Text that has
 * apostrophes there already gets one more, so that taking one away gives back exactly what was written.
 */
const guarded = /^'*[=+\-@\t\r\n\0＝＋－＠]/u;

export function guardFormula(text: string): string {
  return guarded.test(text) ? `'${text}` : text;
}

/** Takes away what {@link guardFormula} put in front. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && guarded.test(text) ? text.slice(1) : text;
}
