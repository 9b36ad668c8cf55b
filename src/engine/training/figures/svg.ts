/** A figure of a page of docs, on white in any theme. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Says what the figure shows to whoever does not see it. */
  readonly title: string;
}

/** @param parts elements, the lower ones first */
export function figure({ width, height, title }: Frame, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}"` +
      ` role="img" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** From numbers to places along an axis, in a line. */
export type Scale = (value: number) => number;

export function scale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): Scale {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

type Attributes = Readonly<Record<string, string | number>>;

export function element(name: string, attributes: Attributes, content?: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${show(value)}"`);
  const start = `<${name}${given.join('')}`;
  return content === undefined ? `${start}/>` : `${start}>${escaped(content)}</${name}>`;
}

function show(value: string | number): string {
  return typeof value === 'string' ? escaped(value) : String(Number(value.toFixed(1)));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
export function path(
  points: readonly (readonly [x: number, y: number])[],
  more: Attributes,
): string {
  const d = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${show(x)} ${show(y)}`).join('');
  return element('path', { d, fill: 'none', ...more });
}
