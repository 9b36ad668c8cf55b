import Papa from 'papaparse';

/**
 * Reads CSV row by row, so that a long table need not stand in memory twice. Only a comma is a delimiter: guessing
 * would be led astray by what stands in quoted cells. Empty lines are passed over.
 *
 * @param take gets each row and its number; that of the heading is 0. Where it returns false, no more are read.
 * @returns the row with a quote that is not closed, which takes all that follows for one cell and ends the reading;
 *   null where there is none
 */
export function readCsvRows(
  text: string,
  take: (cells: readonly string[], row: number) => boolean,
): number | null {
  let row = 0;
  let openQuote: number | null = null;
  Papa.parse<string[]>(text.replace(/^\uFEFF/u, ''), {
    delimiter: ',',
    skipEmptyLines: true,
    step: ({ data, errors }, parser) => {
      if (errors.some(({ type }) => type === 'Quotes')) openQuote = row;
      if (openQuote !== null || !take(data, row)) parser.abort();
      row += 1;
    },
  });
  return openQuote;
}
