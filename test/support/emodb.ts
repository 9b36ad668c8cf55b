import { readWav } from './wav.ts';

const folder = new URL('../fixtures/emodb/', import.meta.url);

const female = ['08a02Fe', '09a02Ea', '13a04Wc', '14a07Aa', '16a01Tb'];
const male = ['03a04Fd', '10b10Wa', '11a02Nc', '12a07Ac', '15a01La'];

/** The ten clips of EMO-DB among the fixtures, decoded. */
export function emodbClips(): readonly {
  readonly name: string;
  readonly voice: 'female' | 'male';
  readonly samples: Float32Array;
}[] {
  return [...female, ...male].map((name) => ({
    name,
    voice: female.includes(name) ? 'female' : 'male',
    samples: readWav(new URL(`${name}.wav`, folder)),
  }));
}
