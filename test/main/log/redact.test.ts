import { describe, expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import { describeFailure, redact } from '../../../src/main/log/redact.ts';

describe('redact', () => {
  it.each([
    ['cannot open /home/ann/My Recordings/interview 3.wav: gone', 'cannot open …'],
    ['cannot open C:\\Users\\Ann\\interview 3.wav', 'cannot open …'],
    ['cannot open \\\\server\\share\\interview 3.wav', 'cannot open …'],
    ['at file:///home/ann/undertone/out/main/index.js:3:1', 'at …'],
    [`unknown label "she's sad" in 'tier one'`, 'unknown label "…" in \'…\''],
    [
      'I tensorflow/core/platform/cpu_feature_guard.cc:210] This binary is optimised',
      'I tensorflow/core/platform/cpu_feature_guard.cc:210] This binary is optimised',
    ],
    ['window shown 812 ms after the start', 'window shown 812 ms after the start'],
  ])('makes %j harmless', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });
});

describe('describeFailure', () => {
  it('tells an expected failure by its code and its cause, without the file it names', () => {
    const cause = new UndertoneError('disk-full', { subject: '/home/ann/a.wav' });
    const error = new UndertoneError('not-audio', { subject: 'interview 3.wav', cause });
    expect(describeFailure(error)).toBe('not-audio, because of disk-full');
  });

  it('tells a bug by its kind and where it was, without any folder', () => {
    const told = describeFailure(new TypeError(`no property 'secret label' in /home/ann/a b.wav`));
    expect(told).toContain("TypeError: no property '…' in …");
    expect(told).toMatch(/at .*redact\.test\.ts:\d+:\d+/);
    expect(told).not.toMatch(/[\\/]|secret|ann/);
  });

  it('tells nothing of a thrown text', () => {
    expect(describeFailure('interview 3.wav')).toBe('a thrown string');
  });
});
