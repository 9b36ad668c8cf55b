/** A colour in linear light, each channel 0 to 1. */
export type Linear = readonly [red: number, green: number, blue: number];

type Matrix = readonly [Linear, Linear, Linear];

/**
 * Severity 1.0 of each blindness in linear sRGB. G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A
 * Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15 (2009), table 1.
 */
export const visions = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, Matrix>>;

export type Vision = keyof typeof visions;

export function fromHex(hex: string): Linear {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

export function seenWith(vision: Vision, colour: Linear): Linear {
  const [r, g, b] = multiply(visions[vision], colour);
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return [clamp(r), clamp(g), clamp(b)];
}

/** Contrast ratio of WCAG 2, 1 to 21. */
export function contrast(a: Linear, b: Linear): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** How different two colours look: distance in OKLab (B. Ottosson, 2020); about 0.02 is just seen. */
export function difference(a: Linear, b: Linear): number {
  const [l1, a1, b1] = toOklab(a);
  const [l2, a2, b2] = toOklab(b);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** `share` of one colour painted over another, mixed as a screen mixes: in sRGB, not in linear light. */
export function over(top: string, share: number, ground: string): Linear {
  const mixed = [1, 3, 5].map((at) => {
    const [front, back] = [top, ground].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    const value = Math.round((front ?? 0) * share + (back ?? 0) * (1 - share));
    return value.toString(16).padStart(2, '0');
  });
  return fromHex(`#${mixed.join('')}`);
}

function luminance([r, g, b]: Linear): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function toOklab(colour: Linear): Linear {
  const cones = multiply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  );
  return multiply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])],
  );
}

function multiply(matrix: Matrix, [x, y, z]: Linear): Linear {
  const row = ([a, b, c]: Linear): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}
