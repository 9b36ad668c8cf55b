import { tier as tierSchema, type Tier } from '#shared/domain/tier.ts';
import type { Database, Row } from './connection.ts';
import { text } from './row.ts';

export interface Tiers {
  /** As they stand under one another, the model's first. */
  readonly list: () => readonly Tier[];
  /** Adds one below the others. */
  readonly add: (tier: Tier) => void;
  readonly rename: (id: string, name: string) => void;
  /** Removes it with its segments in every recording. */
  readonly remove: (id: string) => void;
}

export function createTiers(database: Database): Tiers {
  const list = database.prepare('SELECT id, kind, name FROM tier ORDER BY position');
  const add = database.prepare(
    `INSERT INTO tier (id, kind, name, position)
     VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM tier))`,
  );
  const rename = database.prepare('UPDATE tier SET name = ? WHERE id = ?');
  const clear = database.prepare('DELETE FROM segment WHERE tier = ?');
  const remove = database.prepare('DELETE FROM tier WHERE id = ?');
  return {
    list: () => list.all().map(toTier),
    add: ({ id, kind, name }) => {
      add.run(id, kind, name);
    },
    rename: (id, name) => {
      rename.run(name, id);
    },
    remove: (id) => {
      clear.run(id);
      remove.run(id);
    },
  };
}

function toTier(row: Row): Tier {
  return {
    id: text(row, 'id'),
    kind: tierSchema.shape.kind.parse(text(row, 'kind')),
    name: text(row, 'name'),
  };
}
