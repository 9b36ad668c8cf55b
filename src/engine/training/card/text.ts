/** A share between 0 and 1. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** In Markdown; the first column is text, the others are mostly figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
