import type { NetworkConfig } from './network-config.ts';

/** What begins the names of each member's weights in a model file; nothing for the first. */
export function memberPrefixes({ members = 1 }: NetworkConfig): readonly string[] {
  return Array.from({ length: members }, (_, at) => (at === 0 ? '' : `member${at + 1}-`));
}
