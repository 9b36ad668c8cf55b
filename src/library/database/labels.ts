import type { LabelDefinition } from '#shared/domain/label-definition.ts';
import type { Database, Row } from './connection.ts';
import { isNull, number, text } from './row.ts';

/** The labels that the project has made its own. */
export interface Labels {
  /** In the order in which they are offered. */
  readonly list: () => readonly LabelDefinition[];
  readonly replace: (labels: readonly LabelDefinition[]) => void;
}

export function createLabels(database: Database): Labels {
  const list = database.prepare('SELECT name, colour, key FROM label ORDER BY position');
  const clear = database.prepare('DELETE FROM label');
  const add = database.prepare(
    'INSERT INTO label (name, position, colour, key) VALUES (?, ?, ?, ?)',
  );
  return {
    list: () => list.all().map(toLabel),
    replace: (labels) => {
      clear.run();
      for (const [position, { name, colour, key }] of labels.entries()) {
        add.run(name, position, colour, key);
      }
    },
  };
}

function toLabel(row: Row): LabelDefinition {
  return {
    name: text(row, 'name'),
    colour: isNull(row, 'colour') ? null : text(row, 'colour'),
    key: isNull(row, 'key') ? null : number(row, 'key'),
  };
}
