import { labelKeys, type CommandsOf, type LabelKey } from '../../../lib/keys.ts';
import { useLabelling, useLabels } from '../../annotate/index.ts';
import { useInspector } from '../../inspector/index.ts';
import { useAnswering, useReview } from '../../review/index.ts';
import { useSelection } from '../../segments/index.ts';
import { useDialogs } from '../dialogs.ts';

type DigitCommands = Readonly<Record<`label-${LabelKey}`, () => void>>;

/** What is said about segments. */
export function labelCommands(): CommandsOf<'Label'> {
  const labelling = useLabelling();
  const labels = useLabels();
  const inspector = useInspector();
  const dialogs = useDialogs();
  const review = useReview();
  const answering = useAnswering();
  const selection = useSelection();
  /**
   * While a review is on, keys answer what is in turn; until that is there, when another recording is being opened, they
   * do nothing: pressed a moment too early they would be about something else.
   */
  const who = (): Pick<typeof answering, 'label' | 'accept'> | null => {
    if (review.inTurn) return answering;
    return review.running && selection.span === null ? null : labelling;
  };

  const digits = labelKeys.map((key) => {
    const give = (): void => {
      const label = labels.byKey(key);
      if (label) void who()?.label(label.name);
    };
    return [`label-${key}`, give] as const;
  });
  return {
    ...(Object.fromEntries(digits) as DigitCommands),
    accept: () => void who()?.accept(),
    'accept-all': () => void labelling.acceptAll(),
    note: inspector.writeNote,
    labels: () => {
      dialogs.labels = true;
    },
  };
}
