import type { SpeechMask } from '#engine/features/level.ts';
import { stack, type Matrix } from '#engine/features/matrix.ts';
import {
  emptyProfile,
  extendProfile,
  measureProfile,
  type Profile,
} from '#engine/features/profile.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import { pickRows } from './pick-rows.ts';

/** What normalisation takes away, as far as it is known while somebody speaks. */
export interface RunningProfile {
  /** Adds rows for good. */
  readonly add: (raw: Matrix, speech: SpeechMask) => void;
  /** The profile so far, together with rows that may still turn out not to be speech. */
  readonly with: (raw: Matrix, speech: SpeechMask) => Profile;
}

/** Rows of speech (20 s at 20 ms) that are measured anew each time, since their own level is not known yet. */
const earlyRows = 1000;

/**
 * A profile that grows. The level decides how rows count in the statistics, and at first each new word
 * changes it: so the first seconds of speech are kept and measured afresh, and only what follows is counted
 * once and for all at the level known by then.
 */
export function createRunningProfile(settings: FeatureSettings): RunningProfile {
  let early: Matrix | undefined;
  let settled: Profile | undefined;

  function measure(more: Matrix): Profile {
    if (settled) return more.rows === 0 ? settled : extendProfile(settings, settled, { raw: more });
    const raw = early ? stack([early, more], more.columns) : more;
    return raw.rows === 0 ? emptyProfile(settings) : measureProfile(settings, [{ raw }]);
  }

  return {
    add: (raw, speech) => {
      const more = pickRows(raw, speech);
      if (more.rows === 0) return;
      if (settled) settled = measure(more);
      else {
        early = early ? stack([early, more], more.columns) : more;
        if (early.rows < earlyRows) return;
        settled = measureProfile(settings, [{ raw: early }]);
        early = undefined;
      }
    },
    with: (raw, speech) => measure(pickRows(raw, speech)),
  };
}
