import type { exchangeContract } from '#shared/contract/exchange.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { createExchange, type ExchangeParts } from '../exchange/exchange.ts';
import type { Grants } from '../grants.ts';

/** Answers what has to do with annotations of other programs. */
export function createExchangeHandlers(
  parts: ExchangeParts & { readonly grants: Grants },
): Handlers<typeof exchangeContract> {
  const exchange = createExchange(parts);
  return {
    'annotations.examine': ({ grants, preferred }, context) =>
      exchange.examine(grants.map(parts.grants.resolve), preferred, context),
    'annotations.preview': ({ id, mapping }, context) => exchange.preview(id, mapping, context),
    'annotations.import': ({ id, mapping }, context) => exchange.store(id, mapping, context),
    'annotations.forget': ({ id }) => {
      exchange.forget(id);
    },
  };
}
