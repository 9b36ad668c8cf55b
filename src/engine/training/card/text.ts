/** A share between 0 and 1. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** In Markdown; the first column is text, the others are mostly figures. Names of people's own may hold anything. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map(inCell).join(' | ')} |`).join('\n');
}

function inCell(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll('|', '\\|');
}
