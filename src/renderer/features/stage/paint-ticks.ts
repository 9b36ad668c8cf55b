import type { Surface } from '../../lib/canvas.ts';
import type { Tick } from '../../lib/ruler.ts';
import type { Theme } from '../../lib/theme.ts';

/** A ruler: long ticks with their time, short ones between. */
export function paintTicks(
  { ctx, height }: Pick<Surface, 'ctx' | 'height'>,
  ticks: readonly Tick[],
  theme: Theme,
): void {
  ctx.font = "500 11px 'Inter Variable', system-ui, sans-serif";
  ctx.fontKerning = 'none';
  for (const { x, label } of ticks) {
    const long = label !== '';
    ctx.fillStyle = long ? theme.inkSoft : theme.line;
    ctx.fillRect(Math.round(x), long ? height - 9 : height - 5, 1, long ? 9 : 5);
    ctx.fillText(label, Math.round(x) + 5, height - 8);
  }
}
