import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ErrorShape } from '#shared/contract/errors.ts';
import type { SoundShape } from '#shared/contract/live.ts';
import type { Track } from '#shared/domain/track.ts';
import { useApi } from '../../lib/api.ts';
import { useProject } from '../project/index.ts';
import type { SoundBlock } from './blocks.ts';
import { createLatencyMeter } from './latency.ts';
import { createLiveOutline, type LiveOutline } from './live-outline.ts';
import { cellLabel, mergeCells } from './live-track.ts';

/** The stretch that is shown while a recording is made. */
export const shownSeconds = 60;

/** What is seen of a recording while it is made: its outline, and how it sounds so far. */
export const useLive = defineStore('live', () => {
  const { library } = useApi();
  const project = useProject();

  const outline = shallowRef<LiveOutline | null>(null);
  const track = shallowRef<Track | null>(null);
  const unheard = shallowRef<ErrorShape | null>(null);
  const seconds = ref(0);
  const heardSeconds = ref(0);
  const figures = shallowRef(createLatencyMeter().figures());
  let meter = createLatencyMeter();
  let channels = 1;

  /** What the newest sound is called. */
  const now = computed(() =>
    track.value && track.value.cells > 0 ? cellLabel(track.value, track.value.cells - 1) : null,
  );

  function start(shape: SoundShape): void {
    outline.value = createLiveOutline(shape.sampleRate, shownSeconds + 1);
    track.value = null;
    unheard.value = null;
    seconds.value = heardSeconds.value = 0;
    meter = createLatencyMeter();
    figures.value = meter.figures();
    channels = shape.channels;
  }

  /** @param reached length of the recording with the block, in seconds */
  function hear(block: SoundBlock, reached: number): void {
    outline.value?.push(block.samples, channels);
    seconds.value = reached;
    meter.came(reached, block.arrivedAt);
  }

  library.on('record.heard', (told) => {
    if (!outline.value) return;
    project.meet(told.labels);
    track.value = mergeCells(track.value, told);
    heardSeconds.value = told.heardSeconds;
    const measured = meter;
    // After the next frame has been drawn. While the window is hidden nothing is drawn, and nothing measured.
    requestAnimationFrame(() => {
      requestAnimationFrame((at) => {
        measured.drawn(told.heardSeconds, at, told.engineMilliseconds);
        figures.value = measured.figures();
      });
    });
  });
  library.on('record.unheard', (error) => {
    unheard.value = error;
  });

  return {
    ...{ outline, track, unheard, seconds, heardSeconds, figures, now },
    ...{ start, hear },
    stop: () => {
      outline.value = null;
      track.value = null;
    },
  };
});
