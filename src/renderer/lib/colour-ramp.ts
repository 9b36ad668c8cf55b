/** Colours from faint to strong, 256 of them, each four bytes: red, green, blue, alpha. */
export type ColourRamp = Uint8ClampedArray<ArrayBuffer>;

export const rampSteps = 256;

/**
 * From the stage's own colour to what stands out most from it, tinted with the hue of the accent. Lightness changes by the
 * same amount from step to step (in OKLCH), so that equal differences look equal, to the colour-blind too; hues of their
 * own would be taken for emotions.
 */
const ends = {
  light: { faint: 0.99, strong: 0.17 },
  dark: { faint: 0.196, strong: 0.985 },
} as const;
const hue = (277 * Math.PI) / 180;
const mostChroma = 0.09;

export function colourRamp(theme: keyof typeof ends): ColourRamp {
  const { faint, strong } = ends[theme];
  const ramp = new Uint8ClampedArray(4 * rampSteps);
  for (let step = 0; step < rampSteps; step += 1) {
    const share = step / (rampSteps - 1);
    const lightness = faint + share * (strong - faint);
    ramp.set([...toRgb(lightness, mostChroma * Math.sin(Math.PI * share)), 255], 4 * step);
  }
  return ramp;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** OKLCH to sRGB, 0 to 255 (B. Ottosson: A perceptual color space for image processing, 2020). */
function toRgb(lightness: number, chroma: number): Rgb {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    encode(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    encode(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ];
}

function encode(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
}
