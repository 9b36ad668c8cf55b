import { onWatcherCleanup, shallowRef, watch, type ShallowRef } from 'vue';
import WaveSurfer from 'wavesurfer.js';
import type { Peaks } from '#shared/domain/peaks.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { toSeconds } from '#shared/domain/time.ts';
import { styleNonce } from '../../lib/csp.ts';
import { useTheme, type Theme } from '../../lib/theme.ts';
import { useRecording } from '../recording/index.ts';
import { highestPeak, usePlayer } from '../transport/index.ts';
import { fillOutline } from './envelope.ts';
import { useView } from './view.ts';

/** Quiet recordings are drawn larger, but not so large that their noise looks like speech. */
const mostGain = 16;

/**
 * Draws the open recording's waveform into `container` and keeps it on the stage's time axis. wavesurfer
 * draws and nothing else: clicks, scrolling and the playhead are the stage's own.
 */
export function useWaveform(container: Readonly<ShallowRef<HTMLElement | null>>): void {
  const recording = useRecording();
  const player = usePlayer();
  const view = useView();
  const theme = useTheme();
  const drawn = shallowRef<WaveSurfer | null>(null);

  watch(
    [container, () => recording.peaks],
    ([element, peaks]) => {
      const { sound } = recording;
      if (!element || peaks.kind !== 'ready' || !sound) return;
      const enlarged = gain(peaks.value);
      const wave = WaveSurfer.create({
        ...fixed,
        ...colours(theme.value),
        container: element,
        media: player.audio,
        peaks: [peaks.value.maxima, peaks.value.minima],
        duration: drawnSeconds(peaks.value, sound),
        minPxPerSec: view.scale.pxPerSecond,
        renderFunction: ([maxima, minima], ctx) => {
          fillOutline(ctx, { minima: asFloats(minima), maxima: asFloats(maxima) }, enlarged);
        },
        cspNonce: styleNonce(),
      });
      wave.once('ready', () => {
        drawn.value = wave;
      });
      onWatcherCleanup(() => {
        drawn.value = null;
        wave.destroy();
      });
    },
    { flush: 'post', immediate: true },
  );

  watch(
    [drawn, () => view.scale],
    ([wave, scale]) => {
      if (!wave) return;
      if (wave.options.minPxPerSec !== scale.pxPerSecond) wave.zoom(scale.pxPerSecond);
      wave.setScroll(scale.start * scale.pxPerSecond);
    },
    { flush: 'post' },
  );
  watch(theme, (now) => {
    drawn.value?.setOptions(colours(now));
  });
}

const fixed = {
  height: 'auto',
  interact: false,
  autoScroll: false,
  autoCenter: false,
  hideScrollbar: true,
  cursorWidth: 0,
} as const;

function colours(theme: Theme): { readonly waveColor: string; readonly progressColor: string } {
  return { waveColor: theme.wave, progressColor: theme.wavePlayed };
}

/** wavesurfer passes on, cut to one canvas, the kind of arrays that it was given. */
function asFloats(values: Float32Array | number[] | undefined): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values ?? []);
}

/**
 * The time that all blocks take, of which the last is rarely full: so each lies where it belongs. Never the
 * media element's own duration, which is not known yet and for some files not exact.
 */
function drawnSeconds({ maxima, samplesPerBlock }: Peaks, { sampleRate }: Sound): number {
  return toSeconds(maxima.length * samplesPerBlock, sampleRate);
}

function gain(peaks: Peaks): number {
  const highest = highestPeak(peaks);
  return highest > 0 ? Math.min(mostGain, 0.92 / highest) : 1;
}
