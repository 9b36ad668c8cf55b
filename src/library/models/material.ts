import type { ModelSummary } from '#shared/contract/engine.ts';
import type { LessonMaterial } from '#shared/contract/models.ts';
import type { StoredCorrection } from '../database/corrections.ts';
import type { Withheld } from '#shared/domain/terms.ts';
import type { StoredVersion } from '../database/model-versions.ts';

/** What can be learnt from, what that may give, and how long it will take. */
export function describeMaterial(
  corrections: readonly StoredCorrection[],
  withheld: Withheld,
  active: ModelSummary,
  shipped: ModelSummary,
  versions: readonly StoredVersion[],
): LessonMaterial {
  const labels = countBy(corrections, ({ label }) => label);
  const speakers = countBy(corrections, ({ speaker }) => speaker);
  return {
    corrections: corrections.length,
    withheld,
    recordings: new Set(corrections.map(({ recordingId }) => recordingId)).size,
    labels: labels.map(([label, count]) => ({
      label,
      count,
      known: active.labels.includes(label),
    })),
    speakers: speakers.map(([speaker, count]) => ({ speaker, count })),
    seconds: estimateSeconds(corrections.length, versions),
    expected: shipped.adaptation,
  };
}

/** The most frequent first. */
function countBy(
  corrections: readonly StoredCorrection[],
  key: (correction: StoredCorrection) => string,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const one of corrections) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** As measured with the native engine on two cores: docs/RESULTS.md. */
const typical = { seconds: 15, each: 0.15 };

/** By how long it took the last time on this machine, where there was one. */
function estimateSeconds(count: number, versions: readonly StoredVersion[]): number {
  const usual = (corrections: number): number => typical.seconds + typical.each * corrections;
  const last = versions.find(({ scores }) => scores.seconds !== null);
  if (last === undefined) return usual(count);
  const learnt = Object.values(last.settings.corrections).reduce((sum, own) => sum + own, 0);
  return ((last.scores.seconds ?? 0) * usual(count)) / usual(learnt);
}
