import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Cell, Column, Row } from './table.ts';

const rowsPerGroup = 50_000;

type Batches = Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;

/**
 * The bytes of a Parquet file with the rows of a table, a row group of at most fifty thousand rows at a time:
 * memory does not grow with its length. Numbers are rounded to six decimals, so that a CSV of the same rows
 * says the same; the same rows give the same bytes, however they arrive.
 */
export async function* parquetTable(
  columns: readonly Column[],
  batches: Batches,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    createdBy: 'undertone',
  });
  for await (const group of inGroups(batches)) {
    const columnData = columns.map((column, index) => ({
      name: column.name,
      data: group.map((row) => toValue(row[index] ?? null, column)),
    }));
    await writer.write({ columnData, rowGroupSize: group.length });
    yield take(bytes);
  }
  await writer.finish();
  yield take(bytes);
}

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  const root: SchemaElement = { name: 'root', num_children: columns.length };
  return [root, ...columns.map(element)];
}

function element({ name, kind }: Column): SchemaElement {
  const repetition_type = 'OPTIONAL';
  switch (kind) {
    case 'text':
      return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type };
    case 'number':
      return { name, type: 'DOUBLE', repetition_type };
    case 'integer':
      return { name, type: 'INT32', repetition_type };
  }
}

function toValue(cell: Cell, { kind }: Column): Cell {
  // Plus zero: a negative zero would be other bytes for the same number.
  return kind === 'number' && typeof cell === 'number' ? Number(cell.toFixed(6)) + 0 : cell;
}

async function* inGroups(batches: Batches): AsyncGenerator<readonly Row[]> {
  let group: Row[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      group.push(row);
      if (group.length < rowsPerGroup) continue;
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

/** What was written since the last time; offsets in the file go on counting. */
function take(writer: ByteWriter): Uint8Array {
  const chunk = new Uint8Array(writer.buffer.slice(0, writer.index));
  writer.index = 0;
  return chunk;
}
