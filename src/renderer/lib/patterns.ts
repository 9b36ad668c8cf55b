/** A pattern is one tile, drawn as a path of lines or of filled shapes; it repeats in both directions. */
export interface PatternTile {
  readonly size: number;
  /** SVG path data, for an `<svg>` and for a canvas alike. */
  readonly path: string;
  readonly drawn: 'stroke' | 'fill';
}

const disc = (x: number, y: number, radius: number): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;

/** Lines that leave a tile come back on its other side, so diagonals are drawn beyond the corners. */
const rising = 'M-2 2L2 -2M-2 10L10 -2M6 10L10 6';
const falling = 'M-2 6L2 10M-2 -2L10 10M6 -2L10 2';

const tiles = {
  dots: { size: 8, path: disc(2, 2, 0.9) + disc(6, 6, 0.9), drawn: 'fill' },
  level: { size: 6, path: 'M0 3H6', drawn: 'stroke' },
  rising: { size: 8, path: rising, drawn: 'stroke' },
  falling: { size: 8, path: falling, drawn: 'stroke' },
  lattice: { size: 8, path: rising + falling, drawn: 'stroke' },
  upright: { size: 6, path: 'M3 0V6', drawn: 'stroke' },
  crosses: { size: 10, path: 'M0.5 3H5.5M3 0.5V5.5M5.5 8H10M8 5.5V10', drawn: 'stroke' },
  rings: { size: 12, path: disc(3, 3, 1.9) + disc(9, 9, 1.9), drawn: 'stroke' },
  chevrons: { size: 8, path: 'M0 6L4 2L8 6', drawn: 'stroke' },
  bricks: { size: 8, path: 'M0 0.5H8M0 4.5H8M2 0.5V4.5M6 4.5V8.5', drawn: 'stroke' },
  waves: { size: 8, path: 'M0 4Q2 1 4 4T8 4', drawn: 'stroke' },
  dashes: { size: 8, path: 'M1 2H5M5 6H9M-3 6H1', drawn: 'stroke' },
  triangles: { size: 10, path: 'M1 5L3 1L5 5zM6 10L8 6L10 10z', drawn: 'fill' },
  squares: { size: 8, path: 'M1 1H3.5V3.5H1zM5 5H7.5V7.5H5z', drawn: 'fill' },
} as const satisfies Readonly<Record<string, PatternTile>>;

export type PatternName = keyof typeof tiles;

export function patternTile(name: PatternName): PatternTile {
  return tiles[name];
}

/** How strongly a pattern is drawn over its hue; enough to tell apart, not enough to shout. */
export const patternOpacity = 0.34;
