import { useDevicePixelRatio, useElementSize } from '@vueuse/core';
import { watchEffect, type ShallowRef } from 'vue';

/** A canvas ready to be painted on in CSS pixels. */
export interface Surface {
  readonly ctx: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
}

/**
 * Keeps a canvas sharp at its size on the screen and paints it anew whenever its size or anything
 * reactive that `paint` reads has changed.
 */
export function useCanvas(
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>,
  paint: (surface: Surface) => void,
): void {
  const { width, height } = useElementSize(canvas);
  const { pixelRatio: ratio } = useDevicePixelRatio();

  watchEffect(
    () => {
      const element = canvas.value;
      const ctx = element?.getContext('2d');
      if (!element || !ctx || width.value === 0 || height.value === 0) return;
      element.width = Math.round(width.value * ratio.value);
      element.height = Math.round(height.value * ratio.value);
      ctx.setTransform(ratio.value, 0, 0, ratio.value, 0, 0);
      paint({ ctx, width: width.value, height: height.value, ratio: ratio.value });
    },
    { flush: 'post' },
  );
}
