import type { DayRange } from './day-range.ts';
import type { UsageRow } from './usage-row.ts';

const columns = {
  date: ({ date }) => date,
  keyId: ({ keyId }) => keyId,
  keyName: ({ keyName }) => keyName ?? '',
  requests: ({ requests }) => requests,
  refused: ({ refused }) => refused,
  inputTokens: ({ inputTokens }) => inputTokens,
  outputTokens: ({ outputTokens }) => outputTokens,
  cachedTokens: ({ cachedTokens }) => cachedTokens,
  costUsd: ({ cost }) => plainNumber(cost),
} as const satisfies Record<string, (row: UsageRow) => string | number>;

/** Without it, Excel doesn't recognise UTF-8. */
const byteOrderMark = '\uFEFF';

/** RFC 4180, for spreadsheets: https://www.rfc-editor.org/rfc/rfc4180 */
export function usageCsv(rows: readonly UsageRow[]): string {
  const lines = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((of) => of(row)))];
  return byteOrderMark + lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

export function usageFileName({ from, to }: DayRange, keyId: string | undefined): string {
  const key = keyId === undefined ? '' : `-${keyId.replace(/[^\w-]/g, '')}`;
  return `daypass-usage-${from}-to-${to}${key}.csv`;
}

/** Spreadsheets run text that starts like a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^[\s\u200b\ufeff]*[=+\-@|%＝＋－＠]|^[\t\r\n]/;

function cell(value: string | number): string {
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Costs are whole billionths of a dollar; small ones must not be written as `1e-7`. */
const plainNumber = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '');
