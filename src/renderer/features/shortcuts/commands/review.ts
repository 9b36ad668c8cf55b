import type { CommandsOf } from '../../../lib/keys.ts';
import { useInspector } from '../../inspector/index.ts';
import { useReview } from '../../review/index.ts';

/** Going through what is worth listening to. */
export function reviewCommands(): CommandsOf<'Review'> {
  const inspector = useInspector();
  const review = useReview();
  return {
    review: () => {
      inspector.tab = 'review';
      void review.toggle();
    },
    'review-skip': review.skip,
    'review-back': review.back,
    'review-autoplay': () => {
      review.autoPlay = !review.autoPlay;
    },
  };
}
