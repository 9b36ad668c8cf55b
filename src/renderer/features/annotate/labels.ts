import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { LabelDefinition } from '#shared/domain/label-definition.ts';
import { noSpeech, unsure } from '#shared/domain/label.ts';
import { useApi } from '../../lib/api.ts';
import { labelKeys, type LabelKey } from '../../lib/keys.ts';
import { useProject } from '../project/index.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments, useTiers } from '../segments/index.ts';
import { useActs } from './acts.ts';

/** The labels that people can give, and the keys that give them. */
export const useLabels = defineStore('labels', () => {
  const { library } = useApi();
  const project = useProject();
  const recording = useRecording();
  const tiers = useTiers();
  const segments = useSegments();
  const acts = useActs();

  /** On a row of speakers those that speak there, and as many nameless ones as keys are left. */
  const speakers = computed<readonly LabelDefinition[]>(() => {
    const row = segments.rowOf(tiers.active.id);
    const known = [...new Set(row.map(({ label }) => label))].toSorted();
    const nameless = labelKeys.map((key) => `Speaker ${key}`);
    return withKeys([...new Set([...known, ...nameless])].slice(0, labelKeys.length));
  });
  /** Those of the recording, until the engine has said what the model's are, or where there is none. */
  const heard = computed(() => withKeys([...recording.labels, noSpeech, unsure]));
  const emotions = computed(() =>
    project.definitions.length > 0 ? project.definitions : heard.value,
  );
  /** For the row that has the keys. */
  const list = computed(() => (tiers.active.kind === 'speakers' ? speakers.value : emotions.value));

  function byKey(key: LabelKey): LabelDefinition | undefined {
    return list.value.find((label) => label.key === key);
  }

  /** The label that was given last. */
  const recent = ref('');

  /** For a new segment that nobody has named yet: what was said before, if that is a label there. */
  function first(tier: string): string {
    const names = list.value.map(({ name }) => name);
    const before = names.find((name) => name === recent.value);
    return before ?? segments.rowOf(tier).at(-1)?.label ?? names[0] ?? unsure;
  }

  function put(labels: readonly LabelDefinition[]): Promise<void> {
    return acts.inTurn(() => library.call('labels.put', { labels }));
  }

  return { list, recent, byKey, first, put };
});

/** The first nine have the digits. */
function withKeys(names: readonly string[]): readonly LabelDefinition[] {
  return names.map((name, at) => ({
    name,
    colour: null,
    key: at < labelKeys.length ? at + 1 : null,
  }));
}
