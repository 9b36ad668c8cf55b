import type { reviewContract } from '#shared/contract/review.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Project } from '../project.ts';
import { answerAudit } from '../review/answer-audit.ts';
import { planRound } from '../review/plan-round.ts';
import { describeRound } from '../review/state.ts';

/** Answers what has to do with listening in a good order. */
export function createReviewHandlers(
  project: Project,
  catalogue: Catalogue,
): Handlers<typeof reviewContract> {
  const parts = { project, catalogue };
  return {
    'review.state': ({ tier }) => describeRound(project, tier),
    'review.plan': (wish, context) => planRound(parts, wish, context),
    'review.audit': (answer) => answerAudit(parts, answer),
  };
}
