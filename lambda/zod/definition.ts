/** What a mistake is, in zod's words. Which other fields it has depends on the code. */
export interface Issue {
  code: string;
  path: PropertyKey[];
  input: unknown;
  message?: string;
  /** Checks after this one still run. */
  continue?: boolean;
  /** Whose message words it, the nearest first. */
  raisedBy?: Described[];
  [field: string]: unknown;
}

export type Words = string | { message?: string } | undefined;
export type ToWords = (issue: Issue) => Words;

export interface Described {
  toWords?: ToWords | undefined;
}

export interface Payload {
  value: unknown;
  issues: Issue[];
  aborted?: boolean;
}

export interface Context {
  toWords?: ToWords | undefined;
}

export interface Check extends Described {
  check(payload: Payload, by: Described): void;
  /** The most entries that it allows in a list. */
  cap?: number;
  /** Decides in place of whether the value has been right so far. */
  when?: ((payload: Payload) => boolean) | undefined;
}

/** What becomes of fields that a shape doesn't have. */
export type Others = 'refused' | 'dropped' | 'kept';

/** What is known of a schema's values before any is seen. */
export interface Definition extends Described {
  parse(payload: Payload, context: Context, by: Described): Payload;
  checks?: readonly Check[];
  /** Whether a field may be absent; `defaulted`: a value then takes its place. */
  absent?: 'optional' | 'defaulted' | undefined;
  /** Whether a field that is absent stays so. */
  staysAbsent?: boolean | undefined;
  /** All values that it takes, if they can be listed. */
  values?: ReadonlySet<unknown> | undefined;
  shape?: Readonly<Record<string, AnySchema>>;
  others?: Others;
  inner?: AnySchema;
  /** Its bounds are on its size, not on its length. */
  isNumber?: true;
}

export interface AnySchema {
  readonly definition: Definition;
  run(payload: Payload, context: Context): Payload;
}

const isAborted = ({ aborted, issues }: Payload, from = 0): boolean =>
  aborted === true || issues.some((issue, at) => at >= from && issue.continue !== true);

const wasStopped = ({ aborted, issues }: Payload): boolean =>
  aborted === true || issues.some((issue) => issue.continue === false);

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

/** The value, then its checks in turn, up to one that stops them. No entry of a list that is too long is looked at. */
export function run(definition: Definition, payload: Payload, context: Context): Payload {
  const cap = definition.checks?.find(({ cap = Infinity }) => lengthOf(payload.value) > cap);
  if (cap !== undefined) {
    cap.check(payload, cap);
    const issue = payload.issues.at(-1) as Issue;
    issue.continue = false;
    issue.raisedBy?.push(definition);
    return payload;
  }
  const parsed = definition.parse(payload, context, definition);
  if (definition.checks === undefined) return parsed;
  let stopped = isAborted(parsed);
  for (const check of definition.checks) {
    if (check.when === undefined ? stopped : wasStopped(parsed) || !check.when(parsed)) continue;
    const from = parsed.issues.length;
    check.check(parsed, check);
    for (const issue of parsed.issues.slice(from)) issue.raisedBy?.push(definition);
    stopped ||= isAborted(parsed, from);
  }
  return parsed;
}

export function raise(
  payload: Payload,
  by: Described,
  issue: Omit<Issue, 'path' | 'input'> & { path?: PropertyKey[] },
): Payload {
  payload.issues.push({ path: [], input: payload.value, raisedBy: [by], ...issue } as Issue);
  return payload;
}

/** Adds what is wrong with a part of a value. */
export function raiseInside(payload: Payload, at: PropertyKey, issues: readonly Issue[]): void {
  for (const issue of issues) {
    issue.path.unshift(at);
    payload.issues.push(issue);
  }
}

/** Words each issue by whatever raised it, else by the caller. */
export function worded(issues: readonly Issue[], { toWords }: Context): Issue[] {
  return issues.map(({ raisedBy = [], continue: _, ...issue }) => {
    const all = [...raisedBy.map((by) => by.toWords), toWords];
    const words = all.map((each) => each?.(issue as Issue)).find((each) => each != null);
    const message = typeof words === 'object' ? words.message : words;
    return { ...issue, message: issue.message ?? message ?? 'is not valid' } as Issue;
  });
}

/** A union takes the first shape that fits, or the only one of which nothing but a check failed. */
export function runUnion(
  options: readonly AnySchema[],
  payload: Payload,
  context: Context,
  by: Described,
): Payload {
  const results: Payload[] = [];
  for (const option of options) {
    const result = option.run({ value: payload.value, issues: [] }, context);
    if (result.issues.length === 0) return result;
    results.push(result);
  }
  const [near, ...others] = results.filter((result) => !isAborted(result));
  if (near !== undefined && others.length === 0) return near;
  const errors = results.map(({ issues }) => worded(issues, context));
  return raise(payload, by, { code: 'invalid_union', errors });
}

export const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
