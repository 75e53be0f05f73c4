export type Row = Record<string, unknown>;

export const formats = ['table', 'json', 'ndjson', 'csv'] as const;
export type Format = (typeof formats)[number];

/** One thing is always printed as JSON. */
export function print(result: Row | Row[], format: Format): void {
  for (const line of linesOf(result, format)) process.stdout.write(`${line}\n`);
}

function linesOf(result: Row | Row[], format: Format): string[] {
  if (format === 'json' || !Array.isArray(result)) return [JSON.stringify(result, null, 2)];
  if (format === 'ndjson') return result.map((row) => JSON.stringify(row));
  if (format === 'csv') return csv(result);
  return [...table(result), `${result.length} in all`];
}

/** Columns that have something in at least one row. Lists inside of a row, such as a key's windows, are for JSON. */
function table(rows: Row[]): string[] {
  const isList = (value: unknown) => Array.isArray(value) && typeof value[0] === 'object';
  const isShown = (name: string) => rows.some((row) => cell(row[name]) !== '' && !isList(row[name]));
  const names = [...new Set(rows.flatMap(Object.keys))].filter(isShown);
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return names.length === 0
    ? []
    : lines.map((line) =>
        line
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd(),
      );
}

function cell(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return Object.values(value)
    .filter((part) => part !== null)
    .join(' ');
}

/** RFC 4180. What is inside of a row has a column of its own: `actor.email`; a list is JSON. */
function csv(rows: Row[]): string[] {
  const flat = rows.map((row) => Object.fromEntries(flatten(row)));
  const names = [...new Set(flat.flatMap(Object.keys))];
  return [names, ...flat.map((row) => names.map((name) => row[name] ?? ''))].map((line) =>
    line.map(quoted).join(','),
  );
}

function flatten(row: Row, path = ''): [string, string][] {
  return Object.entries(row).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === undefined) return [[`${path}${name}`, '']];
    if (Array.isArray(value)) return [[`${path}${name}`, JSON.stringify(value)]];
    return typeof value === 'object'
      ? flatten(value as Row, `${path}${name}.`)
      : [[`${path}${name}`, String(value)]];
  });
}

/** A spreadsheet would run a text that begins like a formula. */
function quoted(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
