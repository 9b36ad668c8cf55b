import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Segment } from '#shared/domain/segment.ts';
import { toSeconds, type Span } from '#shared/domain/time.ts';
import { spokenSegment, spokenTimes } from '../../lib/words.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useRecording } from '../recording/index.ts';
import { useBlind } from './blind.ts';
import { useSegments } from './segments.ts';
import { useTiers } from './tiers.ts';

const nothing: ReadonlySet<number> = new Set();

/** What is chosen on the timeline: segments, or a marked stretch of time, never both. */
export const useSelection = defineStore('selection', () => {
  const recording = useRecording();
  const segments = useSegments();
  const tiers = useTiers();
  const blind = useBlind();
  const { say } = useAnnouncer();

  const ids = shallowRef<ReadonlySet<number>>(nothing);
  /** The one that was chosen last: the inspector shows it, and the next step starts from it. */
  const leadId = ref<number | null>(null);
  /** Where a range of segments that is being stretched begins. */
  const anchorId = ref<number | null>(null);
  /** A marked stretch of time in samples. */
  const marked = shallowRef<Span | null>(null);

  const chosen = computed(() => segments.all.filter(({ id }) => ids.value.has(id)));
  const segment = computed(() =>
    leadId.value !== null && ids.value.has(leadId.value)
      ? segments.byId.get(leadId.value)
      : undefined,
  );
  /** From the first start to the last end of what is chosen; null where nothing is. */
  const span = computed(() => spanOf(chosen.value) ?? marked.value);
  const seconds = computed(() => {
    const { sound } = recording;
    return span.value && sound && inSeconds(span.value, sound.sampleRate);
  });

  watch(
    () => recording.about?.id,
    () => {
      clear();
    },
  );
  watch(segment, (now) => {
    if (!now || !recording.sound) return;
    const words = blind.on ? spokenTimes : spokenSegment;
    say(words(now, recording.sound.sampleRate));
  });

  function clear(): void {
    ids.value = nothing;
    leadId.value = anchorId.value = null;
    marked.value = null;
  }

  function choose(wanted: readonly number[], lead = wanted.at(-1)): void {
    marked.value = null;
    ids.value = new Set(wanted);
    leadId.value = lead ?? null;
    anchorId.value = wanted[0] ?? null;
  }

  /** Chooses one and turns to its row. */
  function select(wanted: Segment): void {
    tiers.activate(wanted.tier);
    choose([wanted.id]);
  }

  function toggle(wanted: Segment): void {
    tiers.activate(wanted.tier);
    marked.value = null;
    const rest = new Set(ids.value);
    if (!rest.delete(wanted.id)) rest.add(wanted.id);
    ids.value = rest;
    leadId.value = rest.has(wanted.id) ? wanted.id : ([...rest].at(-1) ?? null);
    anchorId.value = leadId.value;
  }

  /** All of a row from the anchor to a segment; where there is no anchor on its row, it alone. */
  function extendTo(wanted: Segment): void {
    const row = segments.rowOf(wanted.tier);
    const [from, to] = [anchorId.value, wanted.id].map((each) =>
      row.findIndex(({ id }) => id === each),
    );
    if (from === undefined || to === undefined || from < 0) {
      select(wanted);
      return;
    }
    const range = row.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id);
    marked.value = null;
    ids.value = new Set(range);
    leadId.value = wanted.id;
  }

  function mark(wanted: Span | null): void {
    clear();
    if (wanted && wanted.end > wanted.start) marked.value = wanted;
  }

  return {
    ...{ ids, chosen, segment, marked, span, seconds },
    ...{ clear, choose, select, toggle, extendTo, mark },
  };
});

function spanOf(chosen: readonly Segment[]): Span | null {
  const [first] = chosen;
  return first ? { start: first.start, end: Math.max(...chosen.map(({ end }) => end)) } : null;
}

function inSeconds({ start, end }: Span, sampleRate: number): Span {
  return { start: toSeconds(start, sampleRate), end: toSeconds(end, sampleRate) };
}
