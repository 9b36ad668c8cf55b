const beatMilliseconds = 1_000;
/**
 * The engine may compute for seconds without listening (a first run of native kernels on a busy machine),
 * so only a silence well beyond that is taken for death.
 */
const longestSilence = 10;

interface HeartbeatOptions {
  readonly ask: () => void;
  readonly onSilence: () => void;
}

export interface Heartbeat {
  readonly start: () => void;
  readonly heard: () => void;
  readonly stop: () => void;
}

/**
 * Asks once a second and tells when ten questions in a row found no answer. Silence is counted in questions,
 * not by the clock: while the machine sleeps nobody asks, and nobody is taken for dead when it wakes.
 */
export function watchHeartbeat({ ask, onSilence }: HeartbeatOptions): Heartbeat {
  let unanswered = 0;
  let timer: NodeJS.Timeout | undefined;

  function stop(): void {
    clearInterval(timer);
  }

  return {
    start: () => {
      timer = setInterval(() => {
        if (unanswered >= longestSilence) {
          stop();
          onSilence();
          return;
        }
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
