import { mostBeforeAt } from '../../core/contract/accounts/account-requests.ts';

/** A user of an export, with the line where they stand. Nothing but the address is taken over. */
export interface ExportedUser {
  line: number;
  email: string;
}

export interface ReadUsers {
  users: ExportedUser[];
  refused: { line: number; email: string; reason: string }[];
}

const mostBytes = 50 * 1024 * 1024;
const mostUsers = 100_000;

interface Row {
  line: number;
  /** As the file has it; undefined: the row has no such field. */
  email: unknown;
}

/**
 * Reads the addresses of a file: CSV, JSON lines or JSON, as the systems that Daypass replaces and their databases
 * export them.
 * @param field the column or field with the address
 * @throws Error in an operator's words for a file that can't be read at all
 */
export function readUsers(bytes: Uint8Array, field: string): ReadUsers {
  const text = decode(bytes);
  const start = text.trimStart()[0];
  let rows: Row[];
  if (start === undefined) throw new Error('The file is empty.');
  if (start === '[' || (start === '{' && isOneValue(text))) rows = readJson(text, field);
  else if (start === '{') rows = readJsonLines(text, field);
  else rows = readCsv(text, field);
  if (rows.length > mostUsers)
    throw new Error(`The file has ${rows.length} users; split it into files of at most ${mostUsers}.`);
  if (rows.length === 0) throw new Error('The file has no users.');
  if (rows.every(({ email }) => email === undefined))
    throw new Error(`No row has the field '${field}'. Name the one with the address by --field.`);
  return sort(rows, field);
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > mostBytes)
    throw new Error(`The file is larger than ${mostBytes / 1024 / 1024} MB; split it.`);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new Error('The file is UTF-16. Save it as UTF-8, in Excel as “CSV UTF-8”.');
  try {
    // Drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('The file is not UTF-8. Save it as UTF-8, in Excel as “CSV UTF-8”.');
  }
}

function sort(rows: readonly Row[], field: string): ReadUsers {
  const result: ReadUsers = { users: [], refused: [] };
  const lines = new Map<string, number>();
  for (const { line, email: value } of rows) {
    // As Cognito compares them.
    const email = typeof value === 'string' ? value.trim().toLowerCase() : '';
    const before = lines.get(email);
    const reason = reasonAgainst(value, email, before, field);
    if (reason !== undefined) result.refused.push({ line, email, reason });
    else {
      lines.set(email, line);
      result.users.push({ line, email });
    }
  }
  return result;
}

function reasonAgainst(value: unknown, email: string, before: number | undefined, field: string) {
  if (value === undefined || value === null || email === '') return `no ${field}`;
  if (before !== undefined) return `the same address as on line ${before}`;
  if (email.length > 128) return 'longer than 128 characters';
  if (email.lastIndexOf('@') > mostBeforeAt) return `more than ${mostBeforeAt} characters before the @`;
  if (!/^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(email)) return 'not an e-mail address';
  return undefined;
}

function isOneValue(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A list, or an object with one: `results` of wrangler's `d1 execute --json`, `Items` of DynamoDB's scan, `items` of API
 * Gateway's get-api-keys. A position counts as a line.
 */
function readJson(text: string, field: string): Row[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`The file is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const lists = (Array.isArray(value) ? value : [value]).map(listIn);
  const list = lists.some((one) => one === undefined) ? value : lists.flat();
  if (!Array.isArray(list)) throw new Error('The JSON is neither a list of users nor an object with one.');
  return list.map((user, at) => ({ line: at + 1, email: fieldOf(user, field) }));
}

function listIn(value: unknown): unknown[] | undefined {
  if (!isObject(value)) return undefined;
  return ['results', 'Items', 'items', 'users', 'data'].map((name) => value[name]).find(Array.isArray);
}

/** As mongoexport and DynamoDB's export to S3 write them. */
function readJsonLines(text: string, field: string): Row[] {
  return text.split(/\r?\n/).flatMap((content, at) => {
    if (content.trim() === '') return [];
    const line = at + 1;
    try {
      return [{ line, email: fieldOf(JSON.parse(content), field) }];
    } catch {
      throw new Error(`Line ${line} is not JSON.`);
    }
  });
}

/** Also in DynamoDB's form, `{"Item":{"email":{"S":"…"}}}`. */
function fieldOf(user: unknown, field: string): unknown {
  if (typeof user === 'string') return user;
  const item = isObject(user) && isObject(user.Item) ? user.Item : user;
  const value = isObject(item) ? item[field] : undefined;
  return isObject(value) && typeof value.S === 'string' ? value.S : value;
}

function readCsv(text: string, field: string): Row[] {
  const [head, ...records] = parseCsv(text);
  const names = head?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  const at = names.indexOf(field.toLowerCase());
  const [only = ''] = names;
  if (at < 0 && names.length === 1 && /[;\t|]/.test(only)) {
    const delimiter = only.includes(';') ? 'semicolons' : only.includes('\t') ? 'tabs' : 'bars';
    throw new Error(`The columns are divided by ${delimiter}. Save the file with commas.`);
  }
  if (at < 0 && names.length === 1 && only.includes('@'))
    throw new Error(`The first line must name the columns, such as: ${field}`);
  if (at < 0)
    throw new Error(
      `There is no column '${field}', but ${names.map((name) => `'${name}'`).join(', ')}. Name the one with the address by --field.`,
    );
  return records.map(({ line, cells }) => {
    if (cells.length !== names.length)
      throw new Error(`Line ${line} has ${cells.length} columns, and the first has ${names.length}.`);
    return { line, email: cells[at] };
  });
}

/** RFC 4180. A record may go over several lines in quotes; its line is the first of them. Empty lines are left out. */
function parseCsv(text: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = [];
  let line = 1;
  let record = { line, cells: [] as string[] };
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    record.cells.push(cell);
    cell = '';
  };
  const endRecord = () => {
    endCell();
    if (record.cells.length > 1 || record.cells[0]?.trim() !== '') records.push(record);
    record = { line: line + 1, cells: [] };
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (isQuoted) {
      if (character === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (character === '"') isQuoted = false;
      else cell += character;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === ',') endCell();
    else if (character === '\n') endRecord();
    else if (character !== '\r') cell += character;
    if (character === '\n') line += 1;
  }
  if (isQuoted) throw new Error(`The quote that begins in the record of line ${record.line} is not closed.`);
  if (cell !== '' || record.cells.length > 0) endRecord();
  return records;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
