/** How strongly large areas are filled: on a dark stage full hues would glare. */
export const areaStrength = { light: 1, dark: 0.82 } as const;

/** How much of its hue a segment's box takes on; text on it keeps 4.5:1. */
export const boxTint = 0.2;
