import { noSpeech } from '#shared/domain/label.ts';
import type { Recording } from '#shared/domain/recording.ts';
import type { ProposedSegment, Segment } from '#shared/domain/segment.ts';
import { formatClock, toSeconds, type Span } from '#shared/domain/time.ts';

/** `62 %`, with a space that does not break. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}

/** `1 recording`, `3 recordings`. */
export function count(number: number, thing: string): string {
  return `${number}\u00a0${thing}${number === 1 ? '' : 's'}`;
}

/** `Disgust`, `No speech`: a label on top of what is said about it, whatever kind of word it is. */
export function labelHeading(label: string): string {
  return label.charAt(0).toLocaleUpperCase() + label.slice(1);
}

/** `2.7 s`, `3 min 05 s`, `2 h 04 min`: a length of time as one would say it. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)}\u00a0s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}\u00a0min ${String(whole % 60).padStart(2, '0')}\u00a0s`;
  return `${Math.floor(minutes / 60)}\u00a0h ${String(minutes % 60).padStart(2, '0')}\u00a0min`;
}

/** `about 2 min left`; nothing where it is not known yet. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 2) return 'almost done';
  if (seconds < 50) return `about ${Math.max(5, Math.round(seconds / 5) * 5)}\u00a0s left`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `about ${minutes}\u00a0min left`;
  return `about ${Math.round(minutes / 60)}\u00a0h left`;
}

/** What is happening to a recording, for its row and the stage. */
export function statusWords({ status, path, name }: Recording): string {
  switch (status.kind) {
    case 'queued':
      return 'waiting its turn';
    case 'working': {
      const left = timeLeft(status.secondsLeft);
      return [`${status.stage} ${percent(status.fraction)}`, left].filter(Boolean).join(', ');
    }
    case 'ready':
      return 'analysed';
    case 'failed':
      // The name stands above it; a folder's path would push the reason out of sight.
      return status.error.message.replace(`${path} `, '').replace(path, name);
    case 'cancelled':
      return 'stopped';
  }
}

/**
 * A segment as a screen reader says it. It begins with what stands on the segment's box, so that one can
 * also name it to a voice control.
 */
export function spokenSegment(
  segment: ProposedSegment & Partial<Pick<Segment, 'source'>>,
  sampleRate: number,
): string {
  const { label, confidence } = segment;
  // People are not asked how sure they are.
  const sure = label !== noSpeech && segment.source !== 'person';
  const words = sure ? `${label} ${percent(confidence)}` : label;
  return `${words}, ${spokenTimes(segment, sampleRate)}`;
}

/** `0:01.20 to 0:02.40`. */
export function spokenTimes({ start, end }: Span, sampleRate: number): string {
  const clock = (sample: number): string => formatClock(toSeconds(sample, sampleRate), 2);
  return `${clock(start)} to ${clock(end)}`;
}

/** `44.1 kHz`. */
export function kilohertz(sampleRate: number): string {
  return `${String(Math.round(sampleRate / 10) / 100)}\u00a0kHz`;
}

/** `212 Hz`, `3.41 kHz`. */
export function hertz(frequency: number): string {
  if (frequency < 1000) return `${Math.round(frequency)}\u00a0Hz`;
  return `${(frequency / 1000).toFixed(2)}\u00a0kHz`;
}

export function channelsWords(channels: number): string {
  if (channels === 1) return 'mono';
  return channels === 2 ? 'stereo' : `${channels} channels`;
}

/** `−23.4 dB`, with a true minus sign. */
export function decibels(level: number): string {
  if (!Number.isFinite(level)) return '−∞\u00a0dB';
  // Rounded before it is written, so that a hair below full scale is not "−0.0".
  const tenths = Math.round(level * 10) / 10;
  return `${(tenths === 0 ? 0 : tenths).toFixed(1).replace('-', '−')}\u00a0dB`;
}
