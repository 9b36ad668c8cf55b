import { describe, expect, it } from 'vitest';
import { isWaveformSkeleton } from '../../../src/renderer/lib/waveform-skeleton.ts';

const skeleton = `
  <style nonce="iAIA7aq8bSq2CUzEbbhaJQ==">
    :host { user-select: none; }
  </style>
  <div class="scroll" part="scroll">
    <div class="wrapper" part="wrapper"><div class="canvases" part="canvases"></div></div>
  </div>`;

describe('isWaveformSkeleton', () => {
  it('lets through what wavesurfer.js writes', () => {
    expect(isWaveformSkeleton(skeleton)).toBe(true);
    expect(isWaveformSkeleton('')).toBe(true);
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<div onclick="alert(1)"></div>',
    '<div class="a" onclick="alert(1)"></div>',
    '<div class="a" style="color:red"></div>',
    '<div class="<script>"></div>',
    'text',
    `${skeleton}<style>b{}</style>`,
    `${skeleton}<svg onload=alert(1)>`,
    '<style nonce="a"></style><script></script><style></style>',
    '<style nonce="a"><script></script></style>',
    '<DIV></DIV>',
  ])('holds back %j', (markup) => {
    expect(isWaveformSkeleton(markup)).toBe(false);
  });
});
