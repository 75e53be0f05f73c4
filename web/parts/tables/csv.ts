/** Without it, Excel doesn't recognise UTF-8. */
const byteOrderMark = '\uFEFF';

/** RFC 4180, for spreadsheets: https://www.rfc-editor.org/rfc/rfc4180 */
export function csv<Row>(
  columns: Readonly<Record<string, (row: Row) => string | number>>,
  rows: readonly Row[],
): string {
  const lines = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((of) => of(row)))];
  return byteOrderMark + lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** Spreadsheets run text that starts like a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^[\s\u200b\ufeff]*[=+\-@|%＝＋－＠]|^[\t\r\n]/;

function cell(value: string | number): string {
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Costs are whole billionths of a dollar; small ones must not be written as `1e-7`. */
export const plainNumber = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '');
