import { stringify } from 'csv-stringify/sync';

/** Text, a number, or nothing. Instants are text by then, with their offset. */
export type Cell = string | number | null;

/** Spreadsheets without it take the bytes for another encoding. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Rows as RFC 4180 has them. All text is quoted, so that line breaks, commas and blanks at its edges survive every reader; numbers are
 * bare. Text that a spreadsheet would take for a formula gets an apostrophe before it (`=`, `+`, `-`, `@`, tab, CR and the full-width
 * forms of the first four); a negative number is a number and stays one.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((row) => row.map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell))), {
    record_delimiter: '\r\n', quoted_string: true, escape_formulas: true,
  });
}
