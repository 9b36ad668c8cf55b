const beatMilliseconds = 1_000;
/** Questions in a row without an answer after which a process is dead that does not run, or runs in circles. */
const shortSilence = 3;
/** After these it is dead, whatever else it may be doing. */
const longSilence = 10;
/** A process that took less of a processor than this during its silence has been stopped, or waits for ever. */
const stoppedSeconds = 0.02;
/**
 * One that took so much is caught in something: the engine computes for a second or two without listening,
 * but on a busy machine that may take long by the clock. So it is measured in the time that it was given.
 */
const caughtSeconds = 3;

interface StartOptions {
  /** Seconds of a processor that the process has taken so far; undefined where the system does not tell. */
  readonly cpuSeconds: () => number | undefined;
  readonly onSilence: () => void;
}

interface HeartbeatOptions extends StartOptions {
  readonly ask: () => void;
}

export interface Heartbeat {
  readonly start: () => void;
  readonly heard: () => void;
  readonly stop: () => void;
}

/**
 * Asks once a second and tells when there is no answer for too long: three questions for a process that was
 * stopped or runs in circles, ten for one that is merely slow. Silence is counted in questions, not by the
 * clock: while the machine sleeps nobody asks, and nobody is taken for dead when it wakes.
 */
export function watchHeartbeat({ ask, cpuSeconds, onSilence }: HeartbeatOptions): Heartbeat {
  let unanswered = 0;
  let atLastAnswer: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  function stop(): void {
    clearInterval(timer);
  }

  function isDead(): boolean {
    if (unanswered < shortSilence) return false;
    if (unanswered >= longSilence) return true;
    const now = cpuSeconds();
    if (now === undefined || atLastAnswer === undefined) return false;
    const taken = now - atLastAnswer;
    return taken < stoppedSeconds || taken >= caughtSeconds;
  }

  return {
    start: () => {
      timer = setInterval(() => {
        if (isDead()) {
          stop();
          onSilence();
          return;
        }
        if (unanswered === 0) atLastAnswer = cpuSeconds();
        unanswered += 1;
        ask();
      }, beatMilliseconds);
    },
    heard: () => {
      unanswered = 0;
    },
    stop,
  };
}

/**
 * Tells when a process that cannot be asked yet, for it is only starting, has taken next to nothing of a processor
 * for ten looks, one a second: it was stopped, or waits for ever. One that is merely slow may take its time.
 *
 * @returns a function that ends it
 */
export function watchStart({ cpuSeconds, onSilence }: StartOptions): () => void {
  let idle = 0;
  let atLastSign: number | undefined;
  const timer = setInterval(() => {
    const now = cpuSeconds();
    if (now === undefined || atLastSign === undefined || now - atLastSign >= stoppedSeconds) {
      [idle, atLastSign] = [0, now];
      return;
    }
    idle += 1;
    if (idle < longSilence) return;
    clearInterval(timer);
    onSilence();
  }, beatMilliseconds);
  return () => {
    clearInterval(timer);
  };
}
