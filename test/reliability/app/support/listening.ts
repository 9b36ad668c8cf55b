import type { Page } from 'playwright-core';

const bits = 12;
const low = 2 ** bits - 1;
/** Of 16-bit values: what is played may round them. */
const step = 4;

/** Every sample says which one it is: the low twelve bits of its number on one channel, the others on the other. */
export function numberedSamples(samples: number): readonly [Float32Array, Float32Array] {
  const levels = (at: (index: number) => number): Float32Array =>
    Float32Array.from({ length: samples }, (_, index) => (at(index) * step) / 32_768);
  // One more, so that nothing but silence is zero.
  return [levels((index) => (index & low) + 1), levels((index) => index >> bits)];
}

/** What came out of the player together. */
interface Chunk {
  /** When it was handed over, less the delay until it is heard. Milliseconds of the page's clock. */
  readonly at: number;
  /** Milliseconds of the page's clock, when it was delivered. */
  readonly delivered: number;
  /** Numbers of the first and the last sample that was heard. */
  readonly first: number;
  readonly last: number;
  readonly lowest: number;
  readonly highest: number;
  /** Whether it holds just these, in their order. */
  readonly whole: boolean;
}

/** Where the playhead was drawn in one frame. */
interface Drawn {
  /** Milliseconds of the page's clock. */
  readonly at: number;
  /** Of the width of the stage. */
  readonly share: number;
}

/** What has been heard and seen since the last time of asking. */
interface Overheard {
  chunks: Chunk[];
  drawn: Drawn[];
}

declare global {
  interface Window {
    overheard: Overheard;
    /** As the page declares it: TypeScript's DOM library does not know it for sound. */
    readonly MediaStreamTrackProcessor: new (options: {
      readonly track: MediaStreamTrack;
      readonly maxBufferSize: number;
    }) => { readonly readable: ReadableStream<AudioData> };
  }
  interface HTMLMediaElement {
    captureStream: () => MediaStream;
  }
}

/** Overhears the page's own player from now on, and watches its playhead: nothing in its way is another one. */
export async function overhear(page: Page): Promise<void> {
  await page.evaluate(
    ([lowBits, unit, origin]) => {
      window.overheard = { chunks: [], drawn: [] };

      function note(data: AudioData): void {
        const delivered = performance.now();
        const planes = [0, 1].map((planeIndex) => {
          const plane = new Float32Array(data.numberOfFrames);
          data.copyTo(plane, { planeIndex, format: 'f32-planar' });
          return plane.map((level) => Math.round((level * 32_768) / unit));
        });
        const numbers: number[] = [];
        planes[0]?.forEach((lower, at) => {
          if (lower > 0) numbers.push(((planes[1]?.[at] ?? 0) << lowBits) + (lower - 1));
        });
        const [first, last] = [numbers[0], numbers.at(-1)];
        if (first !== undefined && last !== undefined) {
          const whole = numbers.every((number, at) => number === first + at);
          const at = data.timestamp / 1000 - origin;
          const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)];
          window.overheard.chunks.push({ at, delivered, first, last, lowest, highest, whole });
        }
        data.close();
      }

      async function listen(track: MediaStreamTrack): Promise<void> {
        const processor = new window.MediaStreamTrackProcessor({ track, maxBufferSize: 1000 });
        const reader = processor.readable.getReader();
        for (;;) {
          const { value } = await reader.read();
          if (!value) return;
          note(value);
        }
      }

      /** Each sound that the element loads has a track of its own. */
      function listenTo(element: HTMLMediaElement): void {
        stream = element.captureStream();
        for (const track of stream.getAudioTracks()) {
          void listen(track);
          listenedTo = element.src;
        }
        stream.addEventListener('addtrack', ({ track }) => {
          void listen(track);
          listenedTo = element.src;
        });
      }

      /** A sound that has just been loaded waits until it is listened to. */
      async function untilListenedTo({ src }: HTMLMediaElement): Promise<void> {
        while (listenedTo !== src) {
          await new Promise((resolve) =>
            stream?.addEventListener('addtrack', resolve, { once: true }),
          );
        }
      }

      function draw(): void {
        const head = document.querySelector<HTMLElement>('.stage-cursor > .head');
        const width = head?.parentElement?.getBoundingClientRect().width ?? 0;
        const x = new DOMMatrix(head?.style.transform).m41;
        window.overheard.drawn.push({ at: performance.now(), share: x / width });
        if (isPlaying) requestAnimationFrame(draw);
      }

      const { play } = HTMLMediaElement.prototype as {
        readonly play: (this: HTMLMediaElement) => Promise<void>;
      };
      let stream: MediaStream | null = null;
      let listenedTo = '';
      let isPlaying = false;
      HTMLMediaElement.prototype.play = async function () {
        if (stream === null) {
          listenTo(this);
          // Later than the page's own listeners, so that each frame is looked at when the page has drawn it.
          this.addEventListener('playing', () => {
            isPlaying = true;
            requestAnimationFrame(draw);
          });
          this.addEventListener('pause', () => {
            isPlaying = false;
          });
        }
        await untilListenedTo(this);
        await play.call(this);
      };
    },
    [bits, step, await originOf(page)] as const,
  );
}

/** When the page's clock was zero, in milliseconds of the one that sound is stamped with. */
async function originOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return 1000 * (metrics.find(({ name }) => name === 'NavigationStart')?.value ?? NaN);
}

export function overheardSince(page: Page): Promise<Overheard> {
  return page.evaluate(() => {
    const { overheard } = window;
    window.overheard = { chunks: [], drawn: [] };
    return overheard;
  });
}

/** Milliseconds from when the player hands over a chunk to when the device plays it, as the player is told. */
function deviceDelay(chunks: readonly Chunk[]): number {
  return Math.min(...chunks.map(({ at, delivered }) => delivered - at));
}

/** Seconds by which the playhead was drawn ahead of what was heard at that moment, frame by frame. */
export function playheadErrors(
  { chunks, drawn }: Overheard,
  { sampleRate, seconds }: { readonly sampleRate: number; readonly seconds: number },
): readonly number[] {
  const delay = deviceDelay(chunks);
  return drawn.flatMap(({ at, share }) => {
    // It is stamped a delay before it was handed over, and heard a delay after.
    const chunk = chunks.findLast((each) => each.at + 2 * delay <= at);
    if (!chunk) return [];
    const heard = chunk.first / sampleRate + (at - chunk.at - 2 * delay) / 1000;
    return [share * seconds - Math.min(heard, seconds)];
  });
}
