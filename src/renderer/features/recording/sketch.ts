import { shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { Sketch } from '#shared/domain/peaks.ts';
import type { Recording } from '#shared/domain/recording.ts';

/** Often enough to see it grow, and seldom enough that drawing it costs nothing. */
const msBetween = 400;

/**
 * What has been seen of a recording that is being read: asked for anew while progress is told, and kept until another
 * recording is shown, so that nothing flickers before the whole outline is there.
 */
export function useSketch(
  about: ComputedRef<Recording | undefined>,
  ask: (id: number) => Promise<Sketch | null>,
): Readonly<ShallowRef<Sketch | null>> {
  const sketch = shallowRef<Sketch | null>(null);
  let askedAt = -Infinity;
  let asking = false;

  async function look(id: number): Promise<void> {
    asking = true;
    askedAt = performance.now();
    try {
      const seen = await ask(id);
      if (seen && about.value?.id === id) sketch.value = seen;
    } catch {
      // A picture of work in progress is not worth a word; the work itself says why it failed.
      sketch.value = null;
    } finally {
      asking = false;
    }
  }

  watch(
    about,
    (now, before) => {
      if (now?.id !== before?.id) [sketch.value, askedAt] = [null, -Infinity];
      if (now && isRead(now) && !asking && performance.now() - askedAt >= msBetween) {
        void look(now.id);
      }
    },
    { immediate: true },
  );
  return sketch;
}

function isRead({ sound, status }: Recording): boolean {
  return sound === null && status.kind === 'working' && status.stage === 'reading';
}
