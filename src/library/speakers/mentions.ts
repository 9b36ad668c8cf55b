/** Whether a text names somebody, as a word of its own: "Ann" is not in "Anna", nor "A" in "Accepted". */
export function mentions(text: string, name: string): boolean {
  const literal = name.replace(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, 'u').test(text);
}
